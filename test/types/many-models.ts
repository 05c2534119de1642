/** How relations are written: as thunks across files, or as strings. */
export type LinkStyle = 'thunk' | 'string'

/** A project of many models in ten apps, each app pointing at the next and the last at the first, by file. */
export function manyModels(count: number, style: LinkStyle): Readonly<Record<string, string>> {
  const apps = 10
  const perApp = Math.ceil(count / apps)
  const files = Array.from({ length: apps }, (_, app): [string, string] => {
    const next = (app + 1) % apps
    const models = Array.from({ length: perApp }, (_, position) => modelText(app, next, position, perApp, style))
    const names = Array.from({ length: perApp }, (_, position) => `Model${next}x${position}`)
    const imports =
      style === 'thunk' ? `import { ${names.join(', ')} } from './app${next}.ts'\nvoid [${names.join(', ')}]\n` : ''
    return [`app${app}.ts`, `import { f, index, model, now } from 'godwit'\n${imports}${models.join('\n')}`]
  })
  return Object.fromEntries(files)
}

/** The module that gathers the apps, and queries whose results are held to their types. */
export function manyQueries(count = 40): string {
  const apps = Array.from({ length: 10 }, (_, app) => app)
  const queries = Array.from({ length: count }, (_, number) => {
    const table = `app${number % 10}_model${number % 10}x${Math.floor(number / 10)}`
    return `
  const rows${number} = await db.selectFrom('${table}').innerJoin('app${(number + 1) % 10}_model${(number + 1) % 10}x${Math.floor(number / 10)} as other', 'other.id', '${table}.next_id')
    .select(['${table}.title', '${table}.kind', 'other.amount', '${table}.issued_at']).where('${table}.is_open', '=', 1).execute()
  const exact${number}: { title: string; kind: 'a' | 'b' | 'c'; amount: number; issued_at: string | null }[] = rows${number}
  void exact${number}`
  })
  return `${apps.map((app) => `import * as app${app} from './app${app}.ts'`).join('\n')}
import type { DatabaseOf } from 'godwit'
import type { Kysely } from 'kysely'
const models = { ${apps.map((app) => `app${app}`).join(', ')} }
export async function queries(db: Kysely<DatabaseOf<typeof models, 'sqlite'>>) {${queries.join('')}
  await db.insertInto('app0_model0x0').values({ title: 'x', next_id: 1, amount: '1.5' }).execute()
  // @ts-expect-error no such column
  await db.selectFrom('app0_model0x0').select('nowhere').execute()
}
`
}

function modelText(app: number, next: number, position: number, perApp: number, style: LinkStyle): string {
  const target = `Model${next}x${position}`
  const sibling = `Model${app}x${(position + 1) % perApp}`
  const link = (name: string, ofApp: number): string => (style === 'thunk' ? `() => ${name}` : `'app${ofApp}.${name}'`)
  return `export const Model${app}x${position} = model('Model${app}x${position}', {
  title: f.char({ maxLength: 100 }),
  kind: f.char({ maxLength: 1, choices: ['a', 'b', 'c'], default: 'a' }),
  amount: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
  isOpen: f.boolean({ default: true }),
  issuedAt: f.dateTime({ null: true }),
  createdAt: f.dateTime({ default: now() }),
  notes: f.text({ null: true }),
  next: f.foreignKey(${link(target, next)}, { onDelete: 'cascade' }),
  sibling: f.foreignKey(${link(sibling, app)}, { null: true, onDelete: 'setNull' }),
  others: f.manyToMany(${link(target, next)}),
}, { indexes: [index({ fields: ['title', '-issuedAt'] })] })
`
}
