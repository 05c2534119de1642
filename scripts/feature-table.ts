import { mariadb } from '../src/dialects/mariadb/index.ts'
import { mariadb as mariadbVariant } from '../src/dialects/mariadb/mariadb.ts'
import { mysql } from '../src/dialects/mysql/index.ts'
import { mysql as mysqlVariant } from '../src/dialects/mysql/mysql.ts'
import { oldestVersion as oldestPostgres } from '../src/dialects/postgres/capabilities.ts'
import { postgres } from '../src/dialects/postgres/index.ts'
import { oldestVersion as oldestSqlite } from '../src/dialects/sqlite/capabilities.ts'
import { sqlite } from '../src/dialects/sqlite/index.ts'
import type { Dialect } from '../src/schema/dialect.ts'
import { type Feature, features, type Support } from '../src/schema/feature.ts'

/** Each database as the newest that is known, and as the oldest that works. */
const databases: readonly { readonly name: string; readonly newest: Dialect; readonly oldest: Dialect }[] = [
  { name: 'SQLite', newest: sqlite(), oldest: sqlite(oldestSqlite) },
  { name: 'PostgreSQL', newest: postgres(), oldest: postgres(oldestPostgres) },
  { name: 'MariaDB', newest: mariadb(), oldest: mariadb(mariadbVariant.server.oldestVersion) },
  { name: 'MySQL', newest: mysql(), oldest: mysql(mysqlVariant.server.oldestVersion) },
]

const begin = '<!-- features: written by `node scripts/features.ts` -->'
const end = '<!-- /features -->'

/** What works where, as a table in Markdown: made of what each dialect itself goes by. */
export function featureTable(): string {
  const rows = Object.entries(features).map(([feature, words]) => [
    words,
    ...databases.map((database) => cell(database, feature as Feature)),
  ])
  const header = ['', ...databases.map(({ name }) => name)]
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** The text with today's table between its two markers. */
export function withFeatureTable(text: string): string {
  const [before, rest] = cut(text, begin)
  const [, after] = cut(rest, end)
  return `${before}${begin}\n\n${featureTable()}\n\n${end}${after}`
}

function cell({ newest, oldest }: (typeof databases)[number], feature: Feature): string {
  const now = newest.support[feature]
  const once = oldest.support[feature]
  return 'refused' in once && !('refused' in now) ? `${inWords(now)}; ${once.refused}` : inWords(now)
}

function inWords(support: Support): string {
  if ('refused' in support) return `no: ${support.refused}`
  if ('ignored' in support) return `left out: ${support.ignored}`
  return support.works === true ? 'yes' : support.works
}

function cut(text: string, marker: string): readonly [before: string, after: string] {
  const place = text.indexOf(marker)
  if (place < 0) throw new Error(`There is no ${marker} in the text.`)
  return [text.slice(0, place), text.slice(place + marker.length)]
}
