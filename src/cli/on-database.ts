const command = /`(godwit (?:migrate|drift|adopt|showmigrations|resetmigrations|inspectdb)\b[^`\n]*)`/g

/**
 * A text in which each command that asks a database names this one: what somebody copies from a message must be about the database that the message
 * is about, and not about `default`.
 */
export function onDatabase(text: string, database: string | undefined): string {
  if (database === undefined) return text
  return text.replace(command, (all, line: string) =>
    line.includes(' --database ') ? all : `\`${line} --database ${database}\``,
  )
}
