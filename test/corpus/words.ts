import { check, f, index, model, now, q, sqlDefault, unique, uuid } from '../../src/index.ts'

/** Every kind of field that all databases have, with defaults that are easily read back as something else. */
export const Kind = model('Kind', {
  small: f.smallInteger({ default: -1 }),
  whole: f.integer({ default: 0 }),
  large: f.bigInteger({ default: 9007199254740993n }),
  positive: f.positiveInteger({ default: 7 }),
  positiveSmall: f.positiveSmallInteger({ null: true }),
  positiveLarge: f.positiveBigInteger({ null: true }),
  truth: f.boolean({ default: true }),
  lie: f.boolean({ default: false }),
  letters: f.char({ maxLength: 30, default: 'it\'s %s \\ "quoted"' }),
  empty: f.char({ maxLength: 1, default: '' }),
  prose: f.text({ default: 'ä\n€ – 漢字 🦢' }),
  number: f.text({ default: '007' }),
  nothing: f.text({ default: 'NULL' }),
  slug: f.slug({ default: 'a-b' }),
  email: f.email({ null: true, unique: true }),
  url: f.url({ null: true }),
  id2: f.uuid({ default: uuid() }),
  fixed: f.uuid({ default: '6f0e2a52-6b1c-4f0e-8f3b-0a4c1d2e3f40' }),
  price: f.decimal({ maxDigits: 10, decimalPlaces: 2, default: '1.50' }),
  least: f.decimal({ maxDigits: 3, decimalPlaces: 3, default: '-0.001' }),
  ratio: f.float({ default: 0.1 }),
  tiny: f.float({ default: 1e-7 }),
  day: f.date({ default: '2026-02-28' }),
  later: f.date({ null: true }),
  hour: f.time({ default: '23:59:59' }),
  moment: f.dateTime({ default: now() }),
  fixedMoment: f.dateTime({ default: '2026-01-02T03:04:05.000Z' }),
  data: f.json({ default: { a: [1, 'two', null], 'b c': "it's" } }),
  list: f.json({ default: [] }),
  bytes: f.binary({ null: true }),
  choice: f.char({ maxLength: 10, choices: ['draft', "it's"], default: 'draft' }),
  level: f.integer({ choices: [1, 2, 3], default: 1 }),
  mood: f.enum(['calm', 'loud'], { default: 'calm' }),
  own: f.integer({ default: sqlDefault('1 + 1') }),
})

/** Words that databases have a use for, letters that they fold, and names that are too long. */
export const Select = model(
  'Select',
  {
    order: f.integer({ index: true }),
    group: f.char({ maxLength: 5, unique: true }),
    from: f.foreignKey('self', { null: true, relatedName: 'to' }),
    isHTTPServer: f.boolean({ default: false }),
    Upper: f.integer({ column: 'MixedCase', null: true }),
    aRatherLongNameOfAFieldThatIsHardToTypeAndRead: f.integer({ null: true, index: true }),
    anotherRatherLongNameOfAFieldThatIsHardToRead: f.integer({ null: true }),
  },
  {
    table: 'Order Lines',
    indexes: [
      index({
        fields: ['aRatherLongNameOfAFieldThatIsHardToTypeAndRead', '-anotherRatherLongNameOfAFieldThatIsHardToRead'],
      }),
      index({ fields: ['Upper', 'order'], name: 'MixedIndex' }),
    ],
  },
)

/** Indexes, constraints and generated fields of every form that all databases have. */
export const Line = model(
  'Line',
  {
    left: f.integer(),
    right: f.integer({ null: true }),
    label: f.char({ maxLength: 40, null: true }),
    at: f.dateTime({ null: true }),
    sum: f.generated({ expression: q.add('left', q.coalesce('right', 0)), output: f.integer(), stored: true }),
    shout: f.generated({ expression: q.upper(q.trim('label')), output: f.text(), null: true }),
  },
  {
    indexes: [index({ fields: ['left', '-right'] }), index({ fields: ['sum'] })],
    constraints: [
      unique({ fields: ['left', 'right'] }),
      check({ name: 'line_between', condition: q.between('left', -1000, 1000) }),
      check({ name: 'line_like', condition: q.not(q.like('label', "it's 100%\\_")) }),
      check({
        name: 'line_either',
        condition: q.or(q.lte('left', q.field('right')), q.isNull('right'), q.lt('left', 0)),
      }),
      check({ name: 'line_words', condition: q.in('label', ['a', "b'c", '']) }),
      check({ name: 'line_arithmetic', condition: q.gte(q.div(q.add('left', 10), 2), q.sub(q.mul('left', -1), 2000)) }),
      check({ name: 'line_joined', condition: q.ne(q.concat('label', '!'), '!') }),
    ],
  },
)

/** Keys of every form, and relations to them. */
export const Code = model('Code', { code: f.char({ maxLength: 8, primaryKey: true }) })
export const Token = model('Token', { token: f.uuid({ primaryKey: true, default: uuid() }) })
export const Count = model('Count', { number: f.smallAuto({ primaryKey: true }), name: f.text() })
export const CodeNote = model('CodeNote', {
  code: f.oneToOne('Code', { primaryKey: true, onDelete: 'cascade' }),
  note: f.text({ default: '' }),
})
export const Everything = model('Everything', {
  code: f.foreignKey('Code', { onDelete: 'restrict', onUpdate: 'cascade' }),
  note: f.foreignKey('CodeNote', { null: true, onDelete: 'setNull' }),
  token: f.oneToOne('Token', { null: true }),
  count: f.foreignKey('Count', { default: 1, onDelete: 'cascade', index: true }),
  codes: f.manyToMany('Code', { relatedName: 'everythings' }),
  tokens: f.manyToMany('Token', { table: 'token links' }),
  counts: f.manyToMany('Count', { through: 'Counted' }),
  twins: f.manyToMany('self'),
})
export const Counted = model(
  'Counted',
  { everything: f.foreignKey('Everything'), count: f.foreignKey('Count'), weight: f.integer({ default: 1 }) },
  { primaryKey: ['everything', 'count'], indexes: [index({ fields: ['weight', 'count'] })] },
)
export const Left = model('Left', { right: f.foreignKey('Right', { null: true }) })
export const Right = model('Right', { left: f.foreignKey('Left') })
export const Foreign = model('Foreign', { name: f.text() }, { managed: false })
