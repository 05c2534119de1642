import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Check, Exclusion, ForeignKey, Named } from '../schema/schema.ts'
import { checkTraits, exclusionTraits, foreignKeyTraits } from './constraint-traits.ts'
import { type AnyIndex, indexTraits } from './index-traits.ts'
import { textOf } from './source.ts'
import { inParentheses, oneLine, type Pair, type Told, tell } from './trait.ts'

/** What is wrong with one index or constraint of a table. */
export interface ToldPart extends Told {
  readonly object: string
  readonly changes: readonly Change[]
}

/** One kind of things that stand on a table and have names. */
interface Family<Thing extends Named> {
  readonly foundIn: (change: Change) => Thing | undefined
  readonly declaredIn: (change: Change) => Thing | undefined
  /** What it is called with its table: `index blog_post_slug on blog_post`. */
  readonly objectOf: (thing: Thing, table: string) => string
  /** What tells who it is where no name does; undefined: nothing does. */
  readonly essence: (thing: Thing) => string | undefined
  readonly tell: (object: string, pair: Pair<Thing>) => Told
}

/**
 * The indexes and constraints of a table that differ. What goes under a name and what comes under it are one thing that is another, and so are what goes
 * and what comes over the same columns.
 */
export function differingParts(table: string, changes: readonly Change[], dialect: Dialect): readonly ToldPart[] {
  return [
    ...differing(table, changes, indexFamily(dialect)),
    ...differing(table, changes, checkFamily(dialect)),
    ...differing(table, changes, exclusionFamily(dialect)),
    ...differing(table, changes, foreignKeyFamily),
  ]
}

interface Place<Thing> {
  readonly thing: Thing
  readonly change: Change
}

function differing<Thing extends Named>(
  table: string,
  changes: readonly Change[],
  family: Family<Thing>,
): readonly ToldPart[] {
  const both: ToldPart[] = []
  const found: Place<Thing>[] = []
  const declared: Place<Thing>[] = []
  const told = (pair: Pair<Thing>, of: readonly Change[]): ToldPart => {
    const named = namedIn(pair)
    const object = named === undefined ? '' : family.objectOf(named, table)
    return { object, ...family.tell(object, pair), changes: changes.filter((change) => of.includes(change)) }
  }
  for (const change of changes) {
    const [before, after] = [family.foundIn(change), family.declaredIn(change)]
    if (before !== undefined && after !== undefined) both.push(told({ found: before, declared: after }, [change]))
    else if (before !== undefined) found.push({ thing: before, change })
    else if (after !== undefined) declared.push({ thing: after, change })
  }
  const claim = (isIt: (candidate: Thing) => boolean): Place<Thing> | undefined => {
    const at = found.findIndex(({ thing }) => isIt(thing))
    return at < 0 ? undefined : found.splice(at, 1)[0]
  }
  const partners = new Map<Place<Thing>, Place<Thing>>()
  for (const wanted of declared) {
    const namesake = claim(({ name }) => name !== '' && name === wanted.thing.name)
    if (namesake !== undefined) partners.set(wanted, namesake)
  }
  for (const wanted of declared) {
    const essence = family.essence(wanted.thing)
    if (partners.has(wanted) || essence === undefined) continue
    const kin = claim((candidate) => family.essence(candidate) === essence)
    if (kin !== undefined) partners.set(wanted, kin)
  }
  return [
    ...both,
    ...declared.map((wanted) => {
      const partner = partners.get(wanted)
      return told(
        { found: partner?.thing, declared: wanted.thing },
        partner === undefined ? [wanted.change] : [partner.change, wanted.change],
      )
    }),
    ...found.map(({ thing, change }) => told({ found: thing }, [change])),
  ]
}

/** What a thing is called by: the name that was given, or else the one that the database has for it, unless it made that up itself. */
function namedIn<Thing extends Named>({ found, declared }: Pair<Thing>): Thing | undefined {
  if (declared === undefined) return found?.generatedName === true ? { ...found, name: '' } : found
  const isNamedThere = found !== undefined && found.generatedName !== true && found.name !== ''
  return declared.generatedName === true && isNamedThere ? found : declared
}

function indexFamily(dialect: Dialect): Family<AnyIndex> {
  const columns = ({ parts }: AnyIndex): string =>
    parts.map(({ expression }) => inWords(expression, dialect)).join(', ')
  return {
    foundIn(change) {
      if (change.kind === 'dropUnique') return { ...change.unique, isUnique: true }
      if (change.kind === 'dropIndex') return { ...change.index, isUnique: false }
      if (change.kind === 'renameUnique') return { ...change.before, isUnique: true }
      return change.kind === 'renameIndex' ? { ...change.before, isUnique: false } : undefined
    },
    declaredIn(change) {
      if (change.kind === 'addUnique') return { ...change.unique, isUnique: true }
      if (change.kind === 'addIndex') return { ...change.index, isUnique: false }
      if (change.kind === 'renameUnique') return { ...change.after, isUnique: true }
      return change.kind === 'renameIndex' ? { ...change.after, isUnique: false } : undefined
    },
    objectOf: (index, table) => objectOn(index.isUnique ? 'unique' : 'index', index, table, columns(index)),
    essence: ({ parts }) =>
      parts
        .map(({ expression }) => inWords(expression, dialect))
        .toSorted()
        .join(', '),
    tell: (object, pair) => tell(object, indexTraits(dialect), pair),
  }
}

function checkFamily(dialect: Dialect): Family<Check> {
  return {
    foundIn(change) {
      if (change.kind === 'dropCheck') return change.check
      if (change.kind === 'validateCheck') return { ...change.check, notValid: true }
      return change.kind === 'renameCheck' ? change.before : undefined
    },
    declaredIn(change) {
      if (change.kind === 'addCheck' || change.kind === 'validateCheck') return change.check
      return change.kind === 'renameCheck' ? change.after : undefined
    },
    objectOf: (check, table) => objectOn('check', check, table, inWords(check.expression, dialect)),
    essence: () => undefined,
    tell: (object, pair) => tell(object, checkTraits(dialect), pair),
  }
}

function exclusionFamily(dialect: Dialect): Family<Exclusion> {
  return {
    foundIn(change) {
      if (change.kind === 'dropExclusion') return change.exclusion
      return change.kind === 'renameExclusion' ? change.before : undefined
    },
    declaredIn(change) {
      if (change.kind === 'addExclusion') return change.exclusion
      return change.kind === 'renameExclusion' ? change.after : undefined
    },
    objectOf: (exclusion, table) => objectOn('exclusion', exclusion, table, ''),
    essence: () => undefined,
    tell: (object, pair) => tell(object, exclusionTraits(dialect), pair),
  }
}

const foreignKeyFamily: Family<ForeignKey> = {
  foundIn: (change) => (change.kind === 'dropForeignKey' ? change.foreignKey : undefined),
  declaredIn: (change) => (change.kind === 'addForeignKey' ? change.foreignKey : undefined),
  objectOf: (key, table) => objectOn('foreign key', key, table, key.columns.join(', ')),
  essence: ({ columns }) => columns.join(', '),
  tell: (object, pair) => tell(object, foreignKeyTraits, pair),
}

/** `index blog_post_slug on blog_post`; one without a name by what it is: `check (price > 0) on shop_item`. */
function objectOn(kind: string, { name }: Named, table: string, essence: string): string {
  return name === '' ? `${kind} ${inParentheses(essence)} on ${table}` : `${kind} ${name} on ${table}`
}

function inWords(expression: Expression, dialect: Dialect): string {
  return expression.kind === 'column' ? expression.name : oneLine(textOf(expression, dialect))
}
