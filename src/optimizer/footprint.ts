import type { Field } from '../fields/field.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { Operation } from '../operations/operation.ts'
import { renamedIndex } from '../operations/rename-index.ts'
import { tableName } from '../state/names.ts'
import { modelKey, splitModelKey } from '../state/project-state.ts'
import { fieldsOfConstraint, fieldsOfIndex } from '../state/uses-of-field.ts'
import {
  columnParts,
  columns,
  enumPart,
  enumParts,
  enums,
  type Footprint,
  fieldParts,
  formerParts,
  joinTablePart,
  joinTableParts,
  nameParts,
  names,
  of,
  ofAddedField,
  ofAlteredField,
  ofObjects,
  relations,
  renamed,
  tablePart,
  tables,
  targets,
  uses,
  whole,
  wholeWithTable,
} from './parts.ts'

export { all, type Footprint, type Part } from './parts.ts'

/**
 * The footprint of an operation of an app.
 *
 * @param former The field that it alters or removes, as it is before that, where this is known.
 */
export function footprintOf(operation: Operation, app: string, former?: Field): Footprint {
  switch (operation.kind) {
    case 'createModel': {
      const { name, fields, options } = operation
      return {
        writes: [
          whole(modelKey(app, name)),
          tablePart(tableName(app, name, options)),
          ...joinTableParts(tableName(app, name, options), fields),
          ...nameParts([...(options?.indexes ?? []), ...(options?.constraints ?? [])]),
        ],
        reads: [...targets(app, name, Object.values(fields)), ...enumParts(Object.values(fields))],
        frees: [],
        takes: [names, tables],
      }
    }
    case 'deleteModel':
      return {
        writes: wholeWithTable(app, operation.name),
        reads: [],
        frees: [relations, enums, names, tables],
        takes: [relations],
      }
    case 'renameModel':
      return renamed(wholeWithTable(app, operation.from), wholeWithTable(app, operation.to))
    case 'moveModel': {
      const { app: former, name } = splitModelKey(operation.model)
      return renamed(wholeWithTable(former, name), wholeWithTable(app, name))
    }
    case 'alterModelTable': {
      const { name, kind: _, ...options } = operation
      const known = [tableName(app, name), tableName(app, name, options)]
      const shared = { writes: known.map(tablePart), frees: [tables], takes: [tables] }
      return of(app, name, { writes: ['option table'], shared })
    }
    case 'alterModelTableComment':
      return of(app, operation.name, { writes: ['option comment'] })
    case 'alterModelOptions':
      return of(app, operation.name, {
        writes: ['options'],
        reads: fieldParts(operation.options.primaryKey ?? []),
        frees: [uses],
      })
    case 'addField':
      return ofAddedField(app, operation)
    case 'alterField':
      return ofAlteredField(app, operation, former)
    case 'removeField': {
      const { model, name, restoreFrom } = operation
      return of(app, model, {
        writes: [`field ${name}`, ...(former === undefined ? [] : columnParts(name, former))],
        reads: fieldParts(restoreFrom === undefined ? [] : [restoreFrom]),
        // It does not say what the field was: one that was computed named others, and a relation may have had a join table.
        frees: former === undefined ? [columns, uses] : former.expression === undefined ? [] : [uses],
        takes: [uses],
        shared: { writes: [joinTablePart(app, model, name)], frees: [...formerParts(former), tables] },
      })
    }
    case 'renameField': {
      const { model, from, to } = operation
      const both = [from, to].flatMap((name) => [...columnParts(name, {}), ...columnParts(name, { to: '' })])
      return of(app, model, {
        writes: [`field ${from}`, `field ${to}`, ...both],
        takes: [columns],
        shared: { writes: [from, to].map((name) => joinTablePart(app, model, name)) },
      })
    }
    case 'addIndex':
    case 'addIndexConcurrently':
      return ofObjects(app, operation.model, { added: operation.index }, fieldsOfIndex(operation.index))
    case 'removeIndex':
    case 'removeIndexConcurrently':
      return ofObjects(app, operation.model, { gone: operation.index }, fieldsOfIndex(operation.index))
    case 'renameIndex': {
      const { model, index } = operation
      return ofObjects(app, model, { gone: index, added: renamedIndex(operation) }, fieldsOfIndex(index))
    }
    case 'addConstraint':
    case 'addConstraintNotValid':
      return ofObjects(app, operation.model, { added: operation.constraint }, fieldsOfConstraint(operation.constraint))
    case 'removeConstraint':
      return ofObjects(app, operation.model, { gone: operation.constraint }, fieldsOfConstraint(operation.constraint))
    case 'alterConstraint': {
      const { model, name, constraint } = operation
      return ofObjects(app, model, { gone: { name }, added: constraint }, fieldsOfConstraint(constraint))
    }
    case 'validateConstraint':
      return of(app, operation.model, {
        writes: [`object ${operation.name}`],
        shared: { writes: nameParts([operation]) },
      })
    case 'createEnum':
    case 'alterEnum':
    case 'deleteEnum':
      return {
        writes: [enumPart(operation.name)],
        reads: [],
        frees: [],
        takes: operation.kind === 'createEnum' ? [] : [enums],
      }
    // What needs an extension or a collation does not always say so.
    case 'createExtension':
    case 'deleteExtension':
    case 'createCollation':
    case 'deleteCollation':
      return 'barrier'
    // A step of code says which models it works with, but has `db` as well, with which it can do anything.
    case 'runSql':
    case 'runCode':
    case 'batched':
    case 'separateDatabaseAndState':
    case 'custom':
      return 'barrier'
    default:
      return assertNever(operation)
  }
}
