import { f, index, model, q, unique } from '../../src/index.ts'

/** Indexes over some of the rows and over expressions, uniques over texts of any length, and what only some databases do when a row goes. */
export const Shelf = model('Shelf', { id: f.auto({ primaryKey: true }) })
export const Finder = model(
  'Finder',
  {
    left: f.integer(),
    right: f.integer({ null: true }),
    label: f.char({ maxLength: 40, null: true }),
    prose: f.text({ unique: true }),
    shelf: f.foreignKey(() => Shelf, { default: 1, onDelete: 'setDefault', index: true }),
    other: f.foreignKey(() => Shelf, { null: true, deferrable: 'immediate' }),
  },
  {
    indexes: [
      index({ fields: ['left'], where: q.isNotNull('right') }),
      index({ expressions: [q.lower('label')] }),
      index({
        expressions: [q.abs(q.sub('left', 3)), { expression: q.length('label'), descending: true }],
        name: 'finder_odd',
      }),
      index({ fields: ['label'], where: q.and(q.gt('left', 0), q.or(q.isNull('right'), q.in('right', [1, 2, 3]))) }),
    ],
    constraints: [
      unique({ fields: ['label'], where: q.ne('left', -1), name: 'finder_label_once' }),
      unique({ expressions: [q.lower('label'), q.mul('left', 2)], name: 'finder_lower_once' }),
    ],
  },
)
