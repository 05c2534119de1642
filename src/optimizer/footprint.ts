import type { Field } from '../fields/field.ts'
import { nativeEnumOf } from '../fields/native-enum.ts'
import { assertNever } from '../lib/assert-never.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Operation } from '../operations/operation.ts'
import { renamedIndex } from '../operations/rename-index.ts'
import { tableName } from '../state/names.ts'
import { modelKey, splitModelKey } from '../state/project-state.ts'
import { namedModels, qualifiedKey } from '../state/state-field.ts'
import { fieldsIn, fieldsOfConstraint, fieldsOfIndex } from '../state/uses-of-field.ts'

/** A model, or one thing of it: a field, an index, its table, the fact that it exists. `all` overlaps with every other part. */
export interface Part {
  readonly model: string
  readonly part: string
}

/**
 * What an operation changes and what it counts on. Two operations can change places unless one changes what the other changes or counts on. A
 * `barrier` changes places with nothing.
 */
export type Footprint = 'barrier' | { readonly writes: readonly Part[]; readonly reads: readonly Part[] }

/** The part that stands for the whole model. */
export const all = 'all'

/** Not a model: who gives up a relation reads it, who deletes a model writes it, for a model can be deleted once nothing refers to it. */
const relations = shared('relations')

/** Not a model: who may give up an enum type reads it, who alters or deletes one writes it. */
const enums = shared('enums')

/**
 * Of a model: who changes what names its fields reads it, who removes a field writes it, for a field can be removed once nothing names it, and an
 * alteration does not say what it no longer names.
 */
const uses = 'uses'

/** Of a model: who takes a column reads it, who may give one up writes it, for only the State knows which column that was. */
const columns = 'columns'

/** A part of no model: what all models share. */
function shared(part: string): Part {
  return { model: '', part }
}

/** The footprint of an operation of an app. */
export function footprintOf(operation: Operation, app: string): Footprint {
  switch (operation.kind) {
    case 'createModel': {
      const { name, fields, options } = operation
      return {
        writes: [whole(modelKey(app, name)), tablePart(tableName(app, name, options))],
        reads: [...targets(app, name, Object.values(fields)), ...enumParts(Object.values(fields))],
      }
    }
    case 'deleteModel':
      return { writes: [...wholeWithTable(app, operation.name), relations], reads: [enums] }
    case 'renameModel':
      return { writes: [...wholeWithTable(app, operation.from), ...wholeWithTable(app, operation.to)], reads: [] }
    case 'moveModel': {
      const { app: former, name } = splitModelKey(operation.model)
      return { writes: [...wholeWithTable(former, name), ...wholeWithTable(app, name)], reads: [] }
    }
    case 'alterModelTable': {
      const { name, kind: _, ...options } = operation
      const tables = [tableName(app, name), tableName(app, name, options)]
      return of(app, name, { writes: ['option table'], more: { writes: tables.map(tablePart) } })
    }
    case 'alterModelTableComment':
      return of(app, operation.name, { writes: ['option comment'] })
    case 'alterModelOptions':
      return of(app, operation.name, {
        writes: ['options'],
        reads: [uses, ...fieldParts(operation.options.primaryKey ?? [])],
      })
    case 'addField':
    case 'alterField': {
      const { model, name, field } = operation
      const alters = operation.kind === 'alterField'
      const read = field.expression === undefined ? [] : fieldParts(fieldsIn([field.expression]))
      return of(app, model, {
        writes: [`field ${name}`, ...(alters ? [columns] : [])],
        reads: [alters ? uses : columns, ...read],
        more: {
          reads: [...targets(app, model, [field]), ...enumParts([field]), ...(alters ? [relations, enums] : [])],
        },
      })
    }
    case 'removeField':
      return of(app, operation.model, {
        writes: [`field ${operation.name}`, uses, columns],
        more: { reads: [relations, enums] },
      })
    case 'renameField':
      return of(app, operation.model, {
        writes: [`field ${operation.from}`, `field ${operation.to}`, columns],
      })
    case 'addIndex':
    case 'removeIndex':
    case 'addIndexConcurrently':
    case 'removeIndexConcurrently':
      return ofObjects(app, operation.model, [operation.index], fieldsOfIndex(operation.index))
    case 'renameIndex':
      return ofObjects(app, operation.model, [operation.index, renamedIndex(operation)], fieldsOfIndex(operation.index))
    case 'addConstraint':
    case 'addConstraintNotValid':
    case 'removeConstraint':
      return ofObjects(app, operation.model, [operation.constraint], fieldsOfConstraint(operation.constraint))
    case 'alterConstraint': {
      const { model, name, constraint } = operation
      return ofObjects(app, model, [{ name }, constraint], fieldsOfConstraint(constraint), [uses])
    }
    case 'validateConstraint':
      return of(app, operation.model, {
        writes: [`object ${operation.name}`],
        more: { writes: [shared(`name ${operation.name}`)] },
      })
    case 'createEnum':
    case 'alterEnum':
    case 'deleteEnum':
      return { writes: [enumPart(operation.name), ...(operation.kind === 'createEnum' ? [] : [enums])], reads: [] }
    // What needs an extension or a collation does not always say so.
    case 'createExtension':
    case 'deleteExtension':
    case 'createCollation':
    case 'deleteCollation':
      return 'barrier'
    case 'runSql':
    case 'runCode':
    case 'separateDatabaseAndState':
    case 'custom':
      return 'barrier'
    default:
      return assertNever(operation)
  }
}

interface Parts {
  readonly writes?: readonly string[]
  readonly reads?: readonly string[]
  readonly more?: Partial<Exclude<Footprint, 'barrier'>>
}

function of(app: string, name: string, { writes = [], reads = [], more = {} }: Parts): Footprint {
  const model = modelKey(app, name)
  return {
    writes: [...writes.map((part) => ({ model, part })), ...(more.writes ?? [])],
    reads: [existence(model), ...reads.map((part) => ({ model, part })), ...(more.reads ?? [])],
  }
}

function ofObjects(
  app: string,
  model: string,
  objects: readonly { readonly name?: string }[],
  fields: ReadonlySet<string>,
  more: readonly string[] = [],
): Footprint {
  const names = objects.flatMap(({ name }) => (name === undefined ? [] : [shared(`name ${name}`)]))
  return of(app, model, {
    writes: objects.map((object) => `object ${object.name ?? canonicalJson(object)}`),
    reads: [...fieldParts(fields), ...more],
    more: { writes: names },
  })
}

function targets(app: string, model: string, fields: readonly Field[]): readonly Part[] {
  return fields.flatMap(namedModels).map((key) => existence(qualifiedKey(key, app, model)))
}

function whole(model: string): Part {
  return { model, part: all }
}

function wholeWithTable(app: string, name: string): readonly Part[] {
  return [whole(modelKey(app, name)), tablePart(tableName(app, name))]
}

function tablePart(table: string): Part {
  return shared(`table ${table}`)
}

function enumPart(name: string): Part {
  return shared(`enum ${name}`)
}

function enumParts(fields: readonly Field[]): readonly Part[] {
  return fields.flatMap((field) => {
    const native = nativeEnumOf(field)
    return native === undefined ? [] : [enumPart(native.name)]
  })
}

function existence(model: string): Part {
  return { model, part: 'existence' }
}

function fieldParts(names: Iterable<string>): readonly string[] {
  return [...names].map((name) => `field ${name}`)
}
