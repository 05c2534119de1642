import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../../../src/autodetector/ask.ts'
import { detectMigrations } from '../../../src/autodetector/detect-migrations.ts'
import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import type { Migration } from '../../../src/history/migration.ts'
import { resolveTarget } from '../../../src/history/resolve-target.ts'
import { check, exclusion, f, index, model, now, q, unique, uuid } from '../../../src/index.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { project } from '../../../src/state/project.ts'
import { emptyState, type ProjectState } from '../../../src/state/project-state.ts'
import { resolveModels } from '../../../src/state/resolve-models.ts'
import { pgliteUnderTest } from '../../support/pglite-database.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import type { DatabaseUnderTest, TestDatabase } from '../../support/test-database.ts'

const Room = model(
  'Room',
  {
    name: f.char({ maxLength: 40, unique: true }),
    tags: f.array(f.text(), { default: [] }),
    mood: f.enum(['calm', 'loud'], { native: 'mood', default: 'calm' }),
    status: f.enum(['open', 'closed']),
    gateway: f.ipAddress({ null: true }),
    search: f.custom({ types: { postgres: 'tsvector' }, null: true }),
    area: f.decimal({ maxDigits: 8, decimalPlaces: 2 }),
    areaDoubled: f.generated({ expression: q.sql('area * 2'), output: f.decimal({ maxDigits: 9, decimalPlaces: 2 }) }),
    settings: f.json({ default: { heated: true } }),
    token: f.uuid({ default: uuid() }),
    photo: f.binary({ null: true }),
  },
  {
    comment: "A room, and what's in it",
    indexes: [
      index({ fields: ['tags'], method: 'gin' }),
      index({ fields: ['name', '-area'], include: ['status'], operatorClasses: { name: 'varchar_pattern_ops' } }),
      index({ expressions: [q.lower('name')], name: 'room_name_lower', where: q.eq('status', 'open') }),
      index({ fields: ['-area'], nulls: { area: 'last' }, name: 'room_by_area' }),
    ],
    constraints: [check({ name: 'room_has_area', condition: q.gt('area', 0) })],
  },
)

const Booking = model(
  'Booking',
  {
    room: f.foreignKey(() => Room, { onDelete: 'cascade', deferrable: 'deferred' }),
    during: f.dateTimeRange(),
    seats: f.integerRange({ null: true }),
    setUp: f.duration({ null: true }),
    madeAt: f.dateTime({ default: now() }),
    position: f.smallInteger({ null: true }),
  },
  {
    schema: 'audit',
    constraints: [
      exclusion({ name: 'booking_no_overlap', method: 'gist', elements: [{ field: 'during', operator: '&&' }] }),
      unique({ fields: ['room', 'position'], deferrable: 'immediate' }),
    ],
  },
)

const Guest = model('Guest', { bookings: f.manyToMany(() => Booking), email: f.email({ unique: true }) })

/** What becomes of the room: a value more, another type, another list of what is covered, a method less. */
const LaterRoom = model(
  'Room',
  {
    ...Room.fields,
    mood: f.enum(['calm', 'busy', 'loud'], { native: 'mood', default: 'busy' }),
    gateway: f.text({ null: true }),
    area: f.decimal({ maxDigits: 8, decimalPlaces: 2 }),
    scores: f.array(f.integer(), { null: true }),
  },
  { indexes: [index({ fields: ['name'], include: ['status', 'area'] })], constraints: [] },
)
const LaterBooking = model(
  'Booking',
  { ...Booking.fields, room: f.foreignKey(() => LaterRoom, { onDelete: 'restrict' }) },
  { constraints: [unique({ fields: ['room', 'position'] })] },
)
const LaterGuest = model('Guest', {
  bookings: f.manyToMany(() => LaterBooking),
  email: f.email({ unique: true }),
})

const states = [
  resolveModels(new Map([['hotel', [Room, Booking, Guest]]])).state,
  resolveModels(new Map([['hotel', [LaterRoom, LaterBooking, LaterGuest]]])).state,
]

/** PGlite in a folder is opened again for each step, as commands do; in memory one session does it all. */
const places: readonly (readonly [string, DatabaseUnderTest, () => Promise<TestDatabase>])[] = [
  ['PostgreSQL', postgresUnderTest, postgresUnderTest.create],
  ['PGlite in a folder', pgliteUnderTest, pgliteUnderTest.create],
  ['PGlite in memory', pgliteUnderTest, pgliteUnderTest.createScratch],
]

for (const [name, { skip }, create] of places) {
  test(`${name}: everything that a model can say comes, changes and goes, and reads as it was declared`, {
    skip,
  }, async () => {
    const database = await create()
    const history: Migration[] = []
    const kept = name === 'PGlite in memory' ? await database.openSession() : undefined
    const using = async (work: (session: Session) => Promise<void>): Promise<void> => {
      const session = kept ?? (await database.openSession())
      try {
        await work(session)
      } finally {
        if (kept === undefined) await session.close()
      }
    }
    await using(async (session) => void (await session.query(verbatim('CREATE SCHEMA audit'))))
    for (const [position, state] of states.entries()) {
      history.push(...(await detected(states[position - 1] ?? emptyState, state, history)))
      await using(async (session) => {
        await migrate({ session, graph: buildGraph(history) })
        assert.deepEqual(await differences(session, state), [])
        await session.query(verbatim(row(position)))
      })
    }
    await using(async (session) => {
      const graph = buildGraph(history)
      await migrate({ session, graph, target: resolveTarget(graph, 'hotel', '0001') })
      assert.deepEqual(await differences(session, states[0] ?? emptyState), [])
      assert.deepEqual(await session.query(verbatim('SELECT name, mood, tags FROM hotel_room ORDER BY name')), [
        { name: 'Attic', mood: 'calm', tags: ['warm', 'small'] },
        { name: 'Cellar', mood: 'loud', tags: [] },
      ])
      await migrate({ session, graph, target: { kind: 'zero', app: 'hotel' } })
      assert.deepEqual(await differences(session, emptyState), [])
    })
    await kept?.close()
  })
}

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
  return diff(await session.inspect({ schemas: ['audit'] }), declared, {
    match: 'name',
    comparison: dialect.comparison,
  })
}

/** A row for the one state and for the other. */
function row(position: number): string {
  return position === 0
    ? "INSERT INTO hotel_room (name, tags, status, gateway, area) VALUES ('Attic', '{warm,small}', 'open', '10.0.0.1', 12.5)"
    : "INSERT INTO hotel_room (name, mood, status, gateway, area) VALUES ('Cellar', 'loud', 'closed', '10.0.0.2', 20)"
}
