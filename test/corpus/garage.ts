import { check, f, index, model, now, q, unique } from '../../src/index.ts'

/** What MariaDB and MySQL have a word of their own for: unsigned numbers, enums in a column, prefixes of texts, collations, comments. */
export const Car = model(
  'Car',
  {
    plate: f.char({ maxLength: 12, unique: true, collation: 'utf8mb4_unicode_ci' }),
    wheels: f.positiveSmallInteger({ default: 4 }),
    mileage: f.positiveBigInteger({ default: 18446744073709551n }),
    gear: f.enum(['first', "it's fast", 'a\\b', 'a,b'], { native: 'gear', default: "it's fast", comment: 'a "gear"' }),
    story: f.text({ comment: "what's said of it \\ below" }),
    notes: f.text({ null: true }),
    papers: f.binary({ null: true }),
    seenAt: f.dateTime({ default: now() }),
    doubled: f.generated({ expression: q.mul('wheels', 2), output: f.integer() }),
    shout: f.generated({ expression: q.upper('plate'), output: f.char({ maxLength: 12 }), stored: true, null: true }),
  },
  {
    comment: "A car, and what's in it",
    indexes: [
      index({ fields: ['story'] }),
      index({ fields: ['plate', '-notes'], prefixLengths: { notes: 20 } }),
      index({ fields: ['papers'], prefixLengths: { papers: 16 }, name: 'car_papers' }),
      index({ fields: ['doubled', '-seenAt'] }),
    ],
    constraints: [
      unique({ fields: ['wheels', 'plate'] }),
      check({ name: 'car_has_wheels', condition: q.gte('wheels', 1) }),
    ],
  },
)
