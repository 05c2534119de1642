import type { Feature, Support } from '../../schema/feature.ts'
import type { Flavour } from './variant.ts'

/** What MariaDB and MySQL make of everything that not all databases have. */
export function supportOf({ variant }: Flavour): Readonly<Record<Feature, Support>> {
  const { product, types } = variant
  return {
    enum: { works: 'varchar with a CHECK' },
    nativeEnum: { works: 'the type of the column' },
    array: { refused: `${product} has no arrays`, instead: 'Use f.json, which holds a list.' },
    duration: {
      refused: `${product} has no type for a span of time`,
      instead: 'Use f.integer, and say the unit in its name: seconds, minutes.',
    },
    ipAddress: { works: 'varchar, not validated' },
    range: { refused: `${product} has no ranges`, instead: 'Use two fields, one for each bound.' },
    schema: {
      refused: `${product} has no schemas in a database`,
      instead: 'Leave schema out; table can give the table another name.',
    },
    comment: { works: true },
    collation: { works: true },
    virtualGenerated: { works: true },
    unsigned: { works: 'unsigned, without a CHECK' },
    indexMethod: { refused: `${product} has one kind of index for each type`, instead: 'Leave method out.' },
    include: {
      refused: `${product} indexes have no columns beside their key`,
      instead: 'Leave include out; at the end of fields a field is in the index as well.',
    },
    operatorClass: { refused: `${product} has no operator classes`, instead: 'Leave operatorClasses out.' },
    nullsOrder: { refused: `${product} indexes cannot say where NULLs stand`, instead: 'Leave nulls out.' },
    nullsNotDistinct: {
      refused: `two NULLs are never equal in a unique of ${product}`,
      instead: 'Leave nullsNotDistinct out, or make the fields NOT NULL.',
    },
    partialIndex: {
      refused: `${product} has no indexes over some of the rows`,
      instead:
        'Leave where out. A unique over some rows can be one over a generated field that is NULL for the others: two NULLs are never equal.',
    },
    expressionIndex: types.expressionIndex
      ? { works: true }
      : {
          refused: `${product} has no indexes over expressions`,
          instead: 'Make a generated field of the expression, and an index over that.',
        },
    prefixLength: { works: true },
    uniqueText: types.uniqueText
      ? { works: 'by hashes' }
      : {
          refused: `${product} compares no texts or bytes of more than 3072 bytes in a unique`,
          instead: 'Use f.char with a maxLength of 768 or less; all fields together may have that many characters.',
        },
    textKey: {
      refused: `the primary keys of ${product} hold no texts or bytes of more than 3072 bytes`,
      instead: 'Use f.char with a maxLength of 768 or less, f.uuid, or a key that the database numbers.',
    },
    jsonIndex: types.jsonIndex
      ? { works: true }
      : {
          refused: `${product} has no indexes over documents`,
          instead: 'Make a generated field of what is looked up in them, and an index over that.',
        },
    numberedCheck: {
      refused: `no check of ${product} reads a column that the server numbers`,
      instead: 'Leave the check out: the server numbers from 1 up.',
    },
    numberedStored: {
      refused: `${product} stores nothing that is computed from a column that the server numbers`,
      instead: types.virtualOverNumbered ? 'Say stored: false.' : 'Compute it where it is read.',
    },
    numberedVirtual: types.virtualOverNumbered
      ? { works: true }
      : {
          refused: `${product} computes nothing from a column that the server numbers`,
          instead: 'Compute it where it is read.',
        },
    checkUnderAction: {
      refused: `no foreign key of ${product} writes to a column that a check reads`,
      instead:
        "Give the foreign key another action ('cascade' and 'restrict' write nothing when a row goes), or let the application check.",
    },
    storedUnderAction: {
      refused: `no foreign key of ${product} writes to a column from which another one is computed and stored`,
      instead: 'Say stored: false, or give the foreign key another action.',
    },
    storedUnderCascade: types.storedUnderCascade
      ? { works: true }
      : {
          refused: `${product} stores nothing that is computed from a foreign key with 'cascade'`,
          instead: 'Say stored: false, or give the foreign key another action.',
        },
    setDefaultAction: {
      refused: `the tables of ${product} cannot set a default when a row goes`,
      instead: 'Choose another action.',
    },
    deferrableUnique: { refused: `${product} checks a unique at once`, instead: 'Leave deferrable out.' },
    deferrableForeignKey: { refused: `${product} checks a foreign key at once`, instead: 'Leave deferrable out.' },
    exclusion: {
      refused: `${product} has no exclusion constraints`,
      instead: 'Leave it out, and let the application keep the rows apart.',
    },
    extension: { ignored: `${product} has no extensions that belong to a database` },
    createCollation: { ignored: `collations of ${product} come with the server` },
    concurrently: { ignored: 'every index is built without keeping writers waiting' },
    notValid: { ignored: 'a check is validated at once' },
  }
}
