import { assertNever } from '../lib/assert-never.ts'
import type { Change } from './change.ts'

/** A change in a few words, for people who want to know what is done and what is not: `add column blog_post.slug`. */
export function changeInWords(change: Change): string {
  switch (change.kind) {
    case 'createObject':
      return `create ${change.object.kind} ${change.object.name}`
    case 'dropObject':
      return `drop ${change.object.kind} ${change.object.name}`
    case 'alterEnum':
      return `change the values of ${change.after.name}`
    case 'renameTable':
      return `rename table ${change.from} to ${change.to}`
    case 'renameColumn':
      return `rename column ${change.table}.${change.from} to ${change.to}`
    case 'createTable':
      return `create table ${change.table.name}`
    case 'copyRows':
      return `copy rows of ${change.from} to ${change.to}`
    case 'dropTable':
      return `drop table ${change.table.name}`
    case 'addColumn':
      return `add column ${change.table}.${change.column.name}`
    case 'dropColumn':
      return `drop column ${change.table}.${change.column.name}`
    case 'setType':
      return `change the type of ${change.table}.${change.after.name} to ${change.after.type}`
    case 'setNotNull':
      return `make ${change.table}.${change.column.name} NOT NULL`
    case 'dropNotNull':
      return `let ${change.table}.${change.column.name} be NULL`
    case 'setDefault':
      return `change the default of ${change.table}.${change.after.name}`
    case 'setGenerated':
      return `change what ${change.table}.${change.after.name} is generated from`
    case 'setAutoIncrement':
      return `change who numbers ${change.table}.${change.after.name}`
    case 'setColumnComment':
      return `change the comment of ${change.table}.${change.after.name}`
    case 'setTableComment':
      return `change the comment of ${change.table}`
    case 'setPrimaryKey':
      return `change the primary key of ${change.table}`
    case 'addUnique':
      return `make ${change.unique.name} on ${change.table} unique`
    case 'dropUnique':
      return `drop ${change.unique.name} of ${change.table}`
    case 'addCheck':
      return `add check ${change.check.name} to ${change.table}`
    case 'dropCheck':
      return `drop check ${change.check.name} of ${change.table}`
    case 'validateCheck':
      return `validate check ${change.check.name} of ${change.table}`
    case 'addExclusion':
      return `add constraint ${change.exclusion.name} to ${change.table}`
    case 'dropExclusion':
      return `drop constraint ${change.exclusion.name} of ${change.table}`
    case 'addIndex':
      return `create index ${change.index.name} on ${change.table}`
    case 'dropIndex':
      return `drop index ${change.index.name} of ${change.table}`
    case 'addForeignKey':
      return `add foreign key ${change.foreignKey.name} to ${change.table}`
    case 'dropForeignKey':
      return `drop foreign key ${change.foreignKey.name} of ${change.table}`
    case 'renameUnique':
    case 'renameCheck':
    case 'renameExclusion':
    case 'renameIndex':
      return `rename ${change.before.name} of ${change.table} to ${change.after.name}`
    default:
      return assertNever(change)
  }
}
