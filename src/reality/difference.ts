import type { Change, ObjectChange } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Index, Named, Unique } from '../schema/schema.ts'
import type { Relations } from './read-relations.ts'
import { textOf } from './source.ts'

/** One thing that a table has and its model does not say. */
export interface Difference {
  /** What would make the table what the model says: `dropIndex` for an index that the model lacks. */
  readonly change: Exclude<Change, ObjectChange>
  /** In words, without the table: `index by_shape over shape: …`. */
  readonly text: string
}

/** A change that would make a table what its model says, told as what the table has; undefined where only a name is another that nobody gave. */
export function differenceFrom(
  change: Exclude<Change, ObjectChange>,
  dialect: Dialect,
  relations: Relations,
): Difference | undefined {
  if ('before' in change && 'after' in change && change.kind.startsWith('rename')) {
    const { before, after } = change as Extract<Change, { kind: 'renameCheck' }>
    if (before.generatedName === true) return undefined
    return { change, text: `${before.name} is called ${after.name} in the model, as the name is used more than once` }
  }
  return { change, text: inWords(change, dialect, relations) }
}

function inWords(change: Exclude<Change, ObjectChange>, dialect: Dialect, relations: Relations): string {
  switch (change.kind) {
    case 'dropForeignKey': {
      const { columns, references } = change.foreignKey
      const reason = change.foreignKey.notValid
        ? notValidated
        : (relations.whyNot(change.table, change.foreignKey) ?? 'no relation has all that it says')
      const there = `${references.table} (${references.columns.join(', ')})`
      return `${named('foreign key', change.foreignKey)} (${columns.join(', ')}) to ${there}: ${reason}`
    }
    case 'addForeignKey':
      return `${named('foreign key', change.foreignKey)} (${change.foreignKey.columns.join(', ')}): it is not there as its relation would have it`
    case 'validateCheck':
      return `${named('check', change.check)}: ${notValidated}`
    case 'dropIndex':
      return `${named('index', change.index)} ${partsOf(change.index, dialect)}`
    case 'dropUnique':
      return `${named('unique', change.unique)} ${partsOf(change.unique, dialect)}`
    case 'dropCheck':
      return `${named('check', change.check)} (${textOf(change.check.expression, dialect)})`
    case 'dropExclusion':
      return named('exclusion', change.exclusion)
    case 'setNotNull':
      return `column ${change.column.name}: it may hold NULL, though it is in the key`
    case 'setAutoIncrement':
      return `column ${change.after.name}: the database numbers it, which a model can say of a whole number that is the primary key`
    case 'setType': {
      const { before, after } = change
      return before.type === after.type
        ? `column ${after.name}: its collation ${before.collation ?? '(the usual one)'}`
        : `column ${after.name}: its type ${before.type}`
    }
    case 'setDefault':
      return `column ${change.after.name}: its default`
    case 'setColumnComment':
      return `column ${change.after.name}: its comment`
    default:
      return `what ${change.kind} would change`
  }
}

const notValidated = 'the rows that were there before it were never held to it'

function named(what: string, { name }: Named): string {
  return name === '' ? what : `${what} ${name}`
}

function partsOf({ parts, where }: Index | Unique, dialect: Dialect): string {
  const over = parts.map(({ expression, descending, collation }) => {
    const text = expression.kind === 'column' ? expression.name : textOf(expression, dialect)
    return `${text}${collation === undefined ? '' : ` COLLATE ${collation}`}${descending ? ' DESC' : ''}`
  })
  return `(${over.join(', ')})${where === undefined ? '' : ` WHERE ${textOf(where, dialect)}`}`
}
