/** What changes are about to take away or rename, by the names that it has now. */
export type Target =
  | { readonly effect: 'dropTable' | 'renameTable'; readonly table: string }
  | { readonly effect: 'dropColumn' | 'renameColumn'; readonly table: string; readonly column: string }

/** A target as people write it: `blog_post.title`. */
export function inWords(target: Target): string {
  return 'column' in target ? `${target.table}.${target.column}` : target.table
}
