import type { Migration } from '../history/migration.ts'

/** The name of the file that holds a migration. */
export function migrationFileName({ name }: Pick<Migration, 'name'>): string {
  return `${name}.ts`
}
