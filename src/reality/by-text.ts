import { defined } from '../lib/defined.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Check, Column, Exclusion, Index, IndexPart, Named, Schema, Table, Unique } from '../schema/schema.ts'
import { agreementOf } from './agreement.ts'
import { textOf } from './source.ts'
import { oneLine } from './trait.ts'

/** Something of which nobody but the server could say whether it is what is declared, and the server may not be asked. */
export interface NotCompared {
  readonly table: string
  /** What it is about: `column blog_post.title`. */
  readonly object: string
  readonly declared: string
  readonly found: string
  /** One sentence with all of that, without a full stop. */
  readonly text: string
}

/**
 * What is declared, with the words of the database wherever it may say the same in other words: so that only sure differences are left. The doubtful ones
 * are told apart.
 */
export function byText(
  declared: Schema,
  inspected: Schema,
  dialect: Dialect,
): { readonly declared: Schema; readonly notCompared: readonly NotCompared[] } {
  const notCompared: NotCompared[] = []
  const ownTypes = new Set([...(declared.objects?.values() ?? [])].map(({ name }) => name))
  const tables = [...declared.tables].map(([name, table]): [string, Table] => {
    const found = inspected.tables.get(name)
    if (found === undefined) return [name, table]
    const doubt: Doubt = (object, part, said, meant) => {
      const text = `the ${part} of ${object}: the database says ${said}, where ${meant} is declared`
      notCompared.push({ table: name, object, declared: meant, found: said, text })
    }
    return [name, tableByText(table, found, { dialect, doubt, ownTypes })]
  })
  return { declared: { ...declared, tables: new Map(tables) }, notCompared }
}

/** Notes that what the database says of a part may or may not be what is meant. */
type Doubt = (object: string, part: string, said: string, meant: string) => void

interface Judge {
  readonly dialect: Dialect
  readonly doubt: Doubt
  /** The names of types that are declared themselves. */
  readonly ownTypes: ReadonlySet<string>
}

function tableByText(table: Table, found: Table, judge: Judge): Table {
  const { name } = table
  return {
    ...table,
    columns: table.columns.map((column) => {
      const other = found.columns.find((candidate) => candidate.name === column.name)
      return other === undefined ? column : columnByText(column, other, `column ${name}.${column.name}`, judge)
    }),
    checks: checksByText(table, found, judge),
    uniques: partsByText(table.uniques, found.uniques, (unique) => `unique ${unique.name} on ${name}`, judge),
    indexes: partsByText(table.indexes, found.indexes, (index) => `index ${index.name} on ${name}`, judge),
    ...(table.exclusions !== undefined && {
      exclusions: table.exclusions.map((exclusion) => exclusionByText(exclusion, found, judge)),
    }),
  }
}

/** The words of the database, where they may mean what is declared; undefined where they cannot. */
function settled(
  declared: Expression | undefined,
  found: Expression | undefined,
  { dialect, doubt }: Judge,
  [object, part]: readonly [object: string, part: string],
): Expression | undefined {
  if (declared === undefined || found === undefined) return declared
  const agreement = agreementOf(declared, found, dialect)
  if (agreement === 'different') return declared
  const inWords = (expression: Expression): string => oneLine(textOf(expression, dialect))
  if (agreement === 'unknown') doubt(object, part, inWords(found), inWords(declared))
  return found
}

function columnByText(column: Column, found: Column, object: string, judge: Judge): Column {
  const fallback = settled(column.default, found.default, judge, [object, 'default'])
  const generated =
    column.generated?.stored === found.generated?.stored
      ? settled(column.generated?.expression, found.generated?.expression, judge, [object, 'expression'])
      : column.generated?.expression
  const collation = doubtful(column.collation, found.collation, object, 'collation', judge)
  return {
    ...column,
    type: typeByText(column.type, found.type, object, judge),
    ...(fallback !== undefined && { default: fallback }),
    ...(column.generated !== undefined &&
      generated !== undefined && { generated: { ...column.generated, expression: generated } }),
    ...(collation !== undefined && { collation }),
  }
}

/** A type that a model has by its name may be another name of what the database prints. */
function typeByText(declared: string, found: string, object: string, { dialect, doubt, ownTypes }: Judge): string {
  const { comparison, reading } = dialect
  if (declared === found || comparison.sameType?.(found, declared) === true) return found
  const type = reading.type(declared)
  if (ownTypes.has(declared)) return declared
  if (type !== undefined) return structuralEqual(type, reading.type(found)) ? found : declared
  doubt(object, 'type', found, declared)
  return found
}

/** Two names that may be names of the same. */
function doubtful(
  declared: string | undefined,
  found: string | undefined,
  object: string,
  part: string,
  { doubt }: Judge,
): string | undefined {
  if (declared === undefined || found === undefined || declared === found) return declared
  // A name that needs quotes, or has its schema before it, may be written in several ways.
  if ([declared, found].every((name) => /^\w+$/.test(name))) return declared
  doubt(object, part, found, declared)
  return found
}

/** A check is found by its name, or by what it says; where both sides have one that nothing stands for, these may be each other. */
function checksByText(table: Table, { checks }: Table, judge: Judge): readonly Check[] {
  const { dialect } = judge
  const isSame = (a: Check, b: Check): boolean => agreementOf(a.expression, b.expression, dialect) === 'same'
  const left = new Set(checks)
  const claim = (isIt: (check: Check) => boolean): Check | undefined => {
    const found = [...left].find(isIt)
    if (found !== undefined) left.delete(found)
    return found
  }
  const partners = new Map<Check, Check | undefined>()
  const rounds: readonly ((declared: Check, found: Check) => boolean)[] = [
    (declared, found) => declared.name === found.name && isSame(declared, found),
    isSame,
    isNamesake,
    () => true,
  ]
  for (const isPartner of rounds) {
    for (const check of table.checks) {
      if (partners.get(check) === undefined)
        partners.set(
          check,
          claim((found) => isPartner(check, found)),
        )
    }
  }
  return table.checks.map((check) => {
    const found = partners.get(check)
    const object = `check ${check.name} on ${table.name}`
    const expression = settled(check.expression, found?.expression, judge, [object, 'condition'])
    return expression === undefined ? check : { ...check, expression }
  })
}

function isNamesake(a: Named, b: Named): boolean {
  return a.name !== '' && a.name === b.name
}

function partsByText<T extends Index | Unique>(
  declared: readonly T[],
  found: readonly T[],
  objectOf: (part: T) => string,
  judge: Judge,
): readonly T[] {
  return declared.map((part) => {
    const likely = found.filter((candidate) => hasShapeOf(part, candidate))
    const other = likely.find((candidate) => isNamesake(part, candidate)) ?? likely[0]
    return other === undefined ? part : indexByText(part, other, objectOf(part), judge)
  })
}

/** Whether two indexes have as many parts, over the same columns, with a condition or without. */
function hasShapeOf(a: Index | Unique, b: Index | Unique): boolean {
  return (
    a.parts.length === b.parts.length &&
    (a.where === undefined) === (b.where === undefined) &&
    a.parts.every(({ expression }, position) => {
      const other = b.parts[position]?.expression
      if (expression.kind !== 'column' || other?.kind !== 'column')
        return expression.kind !== 'column' && other?.kind !== 'column'
      return expression.name === other.name
    })
  )
}

function indexByText<T extends Index | Unique>(declared: T, found: T, object: string, judge: Judge): T {
  const where = settled(declared.where, found.where, judge, [object, 'condition'])
  const parts = declared.parts.map((part, position) => partByText(part, found.parts[position], object, judge))
  const { method, ...rest }: T & { readonly method?: string } = declared
  const { method: printed }: T & { readonly method?: string } = found
  const said = saidToo(method, printed, object, 'method', judge)
  // What is left out here is not in the type of a unique either.
  return { ...rest, parts, ...defined({ where, method: said }) } as unknown as T
}

/** What is named although it is the usual, no server prints: undefined then, and in doubt. */
function saidToo<Said extends string | number>(
  declared: Said | undefined,
  found: Said | undefined,
  object: string,
  part: string,
  { doubt }: Judge,
): Said | undefined {
  if (declared === undefined || found !== undefined) return declared
  doubt(object, part, 'nothing', String(declared))
  return undefined
}

function partByText(declared: IndexPart, found: IndexPart | undefined, object: string, judge: Judge): IndexPart {
  if (found === undefined) return declared
  const { expression, operatorClass, prefix, collation, nulls } = declared
  const said =
    expression.kind === 'column' ? expression : settled(expression, found.expression, judge, [object, 'expression'])
  return defined({
    ...declared,
    expression: said ?? expression,
    operatorClass: saidToo(operatorClass, found.operatorClass, object, 'operator class', judge),
    prefix: saidToo(prefix, found.prefix, object, 'prefix', judge),
    collation: saidToo(collation, found.collation, object, 'collation', judge),
    nulls: saidToo(nulls, found.nulls, object, 'order of NULLs', judge),
  })
}

function exclusionByText(exclusion: Exclusion, { name, exclusions = [] }: Table, judge: Judge): Exclusion {
  const found = exclusions.find((candidate) => isNamesake(candidate, exclusion))
  if (found === undefined || found.elements.length !== exclusion.elements.length) return exclusion
  const object = `exclusion ${exclusion.name} on ${name}`
  const where = settled(exclusion.where, found.where, judge, [object, 'condition'])
  return {
    ...exclusion,
    ...(exclusion.method === undefined && found.method !== undefined && { method: found.method }),
    elements: exclusion.elements.map((element, position) => {
      const other = found.elements[position]
      const expression = settled(element.expression, other?.expression, judge, [object, 'expression'])
      return { ...element, expression: expression ?? element.expression }
    }),
    ...(where !== undefined && { where }),
  }
}
