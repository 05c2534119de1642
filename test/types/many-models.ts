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

/** For which database the rows are typed, and in which case. */
export type Flavour = 'sqlite' | 'postgres' | 'postgres, camel'

const words: { readonly [Name in Flavour]: { readonly options: string; readonly open: string; readonly row: string } } =
  {
    sqlite: { options: `'sqlite'`, open: '1', row: 'amount: number; issued_at: string | null' },
    postgres: { options: `'postgres'`, open: 'true', row: 'amount: string; issued_at: Date | null' },
    'postgres, camel': {
      options: `'postgres', { case: 'camel' }`,
      open: 'true',
      row: 'amount: string; issued_at: Date | null',
    },
  }

/** The module that gathers the apps, and queries whose results are held to their types. */
export function manyQueries(count = 40, flavour: Flavour = 'sqlite'): string {
  const apps = Array.from({ length: 10 }, (_, app) => app)
  const { options, open, row } = words[flavour]
  const queries = Array.from({ length: count }, (_, number) => {
    const table = `app${number % 10}_model${number % 10}x${Math.floor(number / 10)}`
    return `
  const rows${number} = await db.selectFrom('${table}').innerJoin('app${(number + 1) % 10}_model${(number + 1) % 10}x${Math.floor(number / 10)} as other', 'other.id', '${table}.next_id')
    .select(['${table}.title', '${table}.kind', 'other.amount', '${table}.issued_at']).where('${table}.is_open', '=', ${open}).execute()
  const exact${number}: { title: string; kind: 'a' | 'b' | 'c'; ${row} }[] = rows${number}
  void exact${number}`
  })
  const body = `${queries.join('')}
  await db.insertInto('app0_model0x0').values({ title: 'x', next_id: 1, amount: '1.5' }).execute()
  // @ts-expect-error no such column
  await db.selectFrom('app0_model0x0').select('nowhere').execute()`
  return `${apps.map((app) => `import * as app${app} from './app${app}.ts'`).join('\n')}
import type { DatabaseOf } from 'godwit'
import type { Kysely } from 'kysely'
const models = { ${apps.map((app) => `app${app}`).join(', ')} }
export async function queries(db: Kysely<DatabaseOf<typeof models, ${options}>>) {${flavour === 'postgres, camel' ? inCamelCase(body) : body}
}
`
}

/** The names of the queries have no `_` but that of snake_case. */
function inCamelCase(text: string): string {
  return text.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
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
