import { check, exclusion, f, index, model, now, q, unique } from '../../src/index.ts'

/** What only some databases have: lists, ranges, types of one's own, comments, methods, schemas. */
export const Room = model(
  'Room',
  {
    name: f.char({ maxLength: 40, unique: true }),
    tags: f.array(f.text(), { default: ['a', "b'c", 'd"e'] }),
    grid: f.array(f.integer(), { null: true }),
    mood: f.enum(['calm', "it's loud"], { native: 'mood', default: 'calm', comment: "as it's felt" }),
    gateway: f.ipAddress({ default: '10.0.0.1' }),
    search: f.custom({ types: { postgres: 'tsvector' }, null: true }),
    area: f.decimal({ maxDigits: 8, decimalPlaces: 2 }),
    doubled: f.generated({ expression: q.sql('area * 2'), output: f.decimal({ maxDigits: 9, decimalPlaces: 2 }) }),
    cleaning: f.duration({ default: 'P1DT2H' }),
  },
  {
    comment: "A room, and what's in it",
    indexes: [
      index({ fields: ['tags'], method: 'gin' }),
      index({ fields: ['name', '-area'], include: ['mood'], operatorClasses: { name: 'varchar_pattern_ops' } }),
      index({ fields: ['-area'], nulls: { area: 'last' }, name: 'room_by_area' }),
    ],
    constraints: [check({ name: 'room_has_area', condition: q.gt('area', 0) })],
  },
)

export const Booking = model(
  'Booking',
  {
    room: f.foreignKey(() => Room, { onDelete: 'cascade', deferrable: 'deferred' }),
    during: f.dateTimeRange(),
    seats: f.integerRange({ null: true }),
    prices: f.decimalRange({ null: true }),
    nights: f.dateRange({ null: true }),
    numbers: f.bigIntegerRange({ default: '[1,5)' }),
    madeAt: f.dateTime({ default: now() }),
    position: f.smallInteger({ null: true }),
  },
  {
    constraints: [
      exclusion({ name: 'booking_no_overlap', method: 'gist', elements: [{ field: 'during', operator: '&&' }] }),
      unique({ fields: ['room', 'position'], deferrable: 'immediate' }),
    ],
  },
)
