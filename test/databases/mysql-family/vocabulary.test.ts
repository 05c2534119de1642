import assert from 'node:assert/strict'
import { ask } from '../../../src/autodetector/ask.ts'
import { detectMigrations } from '../../../src/autodetector/detect-migrations.ts'
import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import type { Migration } from '../../../src/history/migration.ts'
import { resolveTarget } from '../../../src/history/resolve-target.ts'
import { check, f, index, model, now, q, unique, uuid } from '../../../src/index.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { project } from '../../../src/state/project.ts'
import { emptyState, type ProjectState } from '../../../src/state/project-state.ts'
import { resolveModels } from '../../../src/state/resolve-models.ts'
import { testInDatabase } from './support.ts'

const Room = model('Room', { number: f.positiveInteger({ primaryKey: true }) }, { comment: "A room, and what's in it" })

const before = new Date('2026-01-01T00:00:00.500Z')

const Booking = model(
  'Booking',
  {
    id: f.uuid({ primaryKey: true, default: uuid() }),
    room: f.foreignKey(() => Room, { onDelete: 'cascade' }),
    guests: f.positiveSmallInteger({ default: 1 }),
    notes: f.text({ index: true, default: "it's" }),
    code: f.char({ maxLength: 900, index: true, collation: 'utf8mb4_unicode_ci' }),
    mood: f.enum(['calm', "b'ad"], { native: 'mood', default: 'calm' }),
    status: f.enum(['open', 'closed']),
    settings: f.json({ default: { heated: [true] } }),
    photo: f.binary({ default: new Uint8Array([0, 255]) }),
    point: f.custom({ types: { mariadb: 'point', mysql: 'point' }, null: true }),
    madeAt: f.dateTime({ default: now(), comment: 'UTC' }),
    price: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
    twice: f.generated({ expression: q.sql('price * 2'), output: f.decimal({ maxDigits: 13, decimalPlaces: 2 }) }),
    label: f.generated({ expression: q.lower('code'), output: f.char({ maxLength: 900 }), stored: false }),
  },
  {
    indexes: [
      index({ fields: ['status', '-madeAt', 'notes'], name: 'by_status', prefixLengths: { notes: 40 } }),
      index({ fields: ['photo'], prefixLengths: { photo: 16 } }),
    ],
    constraints: [
      unique({ fields: ['room', 'madeAt'] }),
      check({ name: 'booking_is_new', condition: q.gt('madeAt', before) }),
    ],
  },
)

/** The length of a prefix, a type that needs none, another list of values, another condition. */
const LaterBooking = model(
  'Booking',
  {
    ...Booking.fields,
    room: f.foreignKey(() => Room, { onDelete: 'restrict' }),
    guests: f.positiveInteger({ default: 1 }),
    notes: f.char({ maxLength: 200, index: true, default: "it's" }),
    mood: f.enum(['calm', 'busy', "b'ad"], { native: 'mood', default: 'busy' }),
    status: f.enum(['open', 'closed', 'gone'], { default: 'open' }),
    code: f.text({ index: true }),
    label: f.generated({ expression: q.lower('code'), output: f.text(), stored: false }),
  },
  {
    indexes: [index({ fields: ['photo'], prefixLengths: { photo: 20 } })],
    constraints: [unique({ fields: ['room', 'madeAt'] })],
  },
)

const states = [
  resolveModels(new Map([['hotel', [Room, Booking]]])).state,
  resolveModels(new Map([['hotel', [Room, LaterBooking]]])).state,
]

testInDatabase(
  'everything that a model can say comes, changes and goes, and reads as it was declared',
  '',
  async (session) => {
    const history: Migration[] = []
    for (const [position, state] of states.entries()) {
      history.push(...(await detected(states[position - 1] ?? emptyState, state, history)))
      await migrate({ session, graph: buildGraph(history) })
      assert.deepEqual(await differences(session, state), [])
      for (const statement of rows[position] ?? []) await session.query(verbatim(statement))
    }
    const graph = buildGraph(history)
    await migrate({ session, graph, target: resolveTarget(graph, 'hotel', '0001') })
    assert.deepEqual(await differences(session, states[0] ?? emptyState), [])
    assert.deepEqual(
      await session.query(verbatim('SELECT code, notes, mood, twice FROM hotel_booking ORDER BY code')),
      [
        { code: 'a', notes: "it's", mood: 'calm', twice: '25.00' },
        { code: 'b', notes: 'new', mood: "b'ad", twice: '3.00' },
      ],
    )
    await migrate({ session, graph, target: { kind: 'zero', app: 'hotel' } })
    assert.deepEqual(await differences(session, emptyState), [])
  },
)

const rows: readonly (readonly string[])[] = [
  [
    'INSERT INTO hotel_room (number) VALUES (7)',
    "INSERT INTO hotel_booking (room_id, code, status, price) VALUES (7, 'a', 'open', 12.5)",
  ],
  ["INSERT INTO hotel_booking (room_id, code, mood, notes, price) VALUES (7, 'b', 'b''ad', 'new', 1.5)"],
]

async function detected(from: ProjectState, to: ProjectState, history: readonly Migration[]) {
  const leaves = new Map(history.map(({ app, name }) => [app, name]))
  const { migrations } = await ask({
    detect: (answers) => detectMigrations({ from, to, hints: new Map(), answers, leaves, now: new Date(0) }),
    questioner: (questions) => assert.fail(`asked ${questions.map(({ key }) => key).join(', ')}`),
  })
  return migrations
}

async function differences(session: Session, state: ProjectState) {
  const { dialect } = session
  const declared = await dialect.canonicalise(project(state, dialect), session)
  return diff(await session.inspect(), declared, { match: 'name', comparison: dialect.comparison })
}
