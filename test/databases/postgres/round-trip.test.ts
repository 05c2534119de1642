import assert from 'node:assert/strict'
import { postgres } from '../../../src/dialects/postgres/index.ts'
import type { ColumnType } from '../../../src/schema/column-type.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import { type Column, emptySchema, type Schema, type SchemaObject } from '../../../src/schema/schema.ts'
import { differences, rows, schemaOf, table, testOnBoth } from './two-servers.ts'

const { spelling } = postgres()
const id: Column = { name: 'id', type: 'integer', nullable: false, autoIncrement: true }
const simple = [
  'smallInteger',
  'integer',
  'bigInteger',
  'boolean',
  'text',
  'uuid',
  'double',
  'date',
  'time',
  'timestamp',
] as const
const ranges = ['integer', 'bigInteger', 'decimal', 'date', 'timestamp'] as const
const types: readonly ColumnType[] = [
  ...simple.map((type) => ({ type })),
  ...(['json', 'binary', 'duration', 'ipAddress'] as const).map((type) => ({ type })),
  { type: 'varchar', length: 20 },
  { type: 'decimal', precision: 12, scale: 2 },
  { type: 'enum', values: ['a', "it's"] },
  { type: 'enum', values: ['sad', 'ok'], native: 'Mood' },
  ...ranges.map((of) => ({ type: 'range', of }) as const),
  { type: 'custom', types: { postgres: 'tsvector' } },
  { type: 'custom', types: { postgres: 'VARCHAR(7)' } },
]
const arrays = types.map((of): ColumnType => ({ type: 'array', of }))
const column = (name: string) => ({ expression: { kind: 'column', name } }) as const
const objects: readonly SchemaObject[] = [
  { kind: 'enum', name: 'Mood', values: ['sad', 'ok'] },
  { kind: 'collation', name: 'plain', provider: 'libc', locale: 'C' },
]

/** One of everything that a model can declare. */
const declared: Schema = schemaOf(
  [
    table('every_type', {
      columns: [
        id,
        ...[...types, ...arrays].map(
          (type, index): Column => ({ name: `${type.type} ${index}`, type: spelling.type(type), nullable: true }),
        ),
      ],
      primaryKey: { columns: ['id'] },
      checks: types.flatMap((type, index) => {
        const expression = spelling.typeCheck(type, `${type.type} ${index}`)
        return expression === undefined
          ? []
          : [{ name: `type_check_${index}`, generatedName: true as const, expression }]
      }),
    }),
    table('defaults', {
      columns: [
        { name: 'code', type: 'character varying(9)', nullable: false },
        ...(
          [
            ["it's", { type: 'text' }],
            ['back\\slash', { type: 'varchar', length: 20 }],
            [-1.5, { type: 'double' }],
            [0, { type: 'integer' }],
            [true, { type: 'boolean' }],
            ['12.50', { type: 'decimal', precision: 9, scale: 2 }],
            [{ $bytes: '00ff' }, { type: 'binary' }],
            [{ $json: { b: 1, a: null } }, { type: 'json' }],
            [{ $bigint: '-9007199254740993' }, { type: 'bigInteger' }],
            ['2026-01-02', { type: 'date' }],
            ['2026-01-02T03:04:05.678Z', { type: 'timestamp' }],
            ['ok', { type: 'enum', values: ['sad', 'ok'], native: 'Mood' }],
            [{ $json: ['a', 'b c'] }, { type: 'array', of: { type: 'text' } }],
            ['[1,5)', { type: 'range', of: 'integer' }],
            ['10.0.0.1', { type: 'ipAddress' }],
          ] as const
        ).map(
          ([value, type], index): Column => ({
            name: `d${index}`,
            type: spelling.type(type),
            nullable: false,
            default: spelling.defaultExpression({ value }, type),
          }),
        ),
        {
          name: 'now',
          type: 'timestamp with time zone',
          nullable: false,
          default: spelling.defaultExpression('now', { type: 'timestamp' }),
        },
        { name: 'key', type: 'uuid', nullable: false, default: spelling.defaultExpression('uuid', { type: 'uuid' }) },
        { name: 'computed', type: 'integer', nullable: true, default: { kind: 'sql', sql: '1 + 1' } },
        {
          name: 'kept',
          type: 'text',
          nullable: true,
          generated: { expression: { kind: 'sql', sql: 'lower(code)' }, stored: true },
        },
        { name: 'sorted', type: 'text', nullable: true, collation: 'plain', comment: "it's said" },
      ],
      primaryKey: { columns: ['code'] },
      comment: 'All that a column can have by itself',
    }),
    table('pairs', {
      columns: [
        { name: 'left', type: 'integer', nullable: false },
        { name: 'right', type: 'character varying(9)', nullable: false },
        { name: 'self_left', type: 'integer', nullable: true },
        { name: 'self_right', type: 'character varying(9)', nullable: true },
        { name: 'status', type: 'text', nullable: false },
        { name: 'span', type: 'int4range', nullable: true },
        { name: 'doc', type: 'jsonb', nullable: true },
      ],
      primaryKey: { columns: ['left', 'right'] },
      uniques: [
        {
          name: 'pairs_right',
          generatedName: true,
          parts: [column('right')],
          where: { kind: 'isNull', operand: { kind: 'column', name: 'self_left' } },
        },
        { name: 'lower_right', parts: [{ expression: { kind: 'sql', sql: 'lower("right")' } }, column('left')] },
        { name: 'late', parts: [column('right'), column('status')], include: ['doc'], deferrable: 'deferred' },
      ],
      indexes: [
        {
          name: 'pairs_status',
          generatedName: true,
          parts: [column('status'), { ...column('left'), descending: true, nulls: 'last' }],
        },
        {
          name: 'sum',
          parts: [
            {
              expression: {
                kind: 'arithmetic',
                operator: '+',
                left: { kind: 'column', name: 'left' },
                right: { kind: 'value', value: 1 },
              },
            },
          ],
          include: ['right'],
        },
        { name: 'deep', method: 'gin', parts: [{ ...column('doc'), operatorClass: 'jsonb_path_ops' }] },
        { name: 'worded', parts: [{ ...column('status'), collation: 'C', operatorClass: 'text_pattern_ops' }] },
      ],
      checks: [
        {
          name: 'status',
          generatedName: true,
          expression: { kind: 'in', operand: { kind: 'column', name: 'status' }, values: ['draft', "it's"] },
        },
        {
          name: 'apart',
          expression: { kind: 'sql', sql: { sqlite: 'x', postgres: 'pairs."left" <> self_left /* never */' } },
        },
      ],
      exclusions: [
        {
          name: 'one_at_a_time',
          elements: [{ ...column('span'), operator: '&&' }],
          where: { kind: 'sql', sql: "status = 'draft'" },
          deferrable: 'immediate',
        },
      ],
      foreignKeys: [
        {
          name: 'pairs_left',
          generatedName: true,
          columns: ['left'],
          references: { table: 'every_type', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'noAction',
        },
        {
          name: 'pairs_right_fk',
          columns: ['right'],
          references: { table: 'defaults', columns: ['code'] },
          onDelete: 'restrict',
          onUpdate: 'cascade',
          deferrable: 'deferred',
        },
        {
          name: 'pairs_self',
          columns: ['self_left', 'self_right'],
          references: { table: 'pairs', columns: ['left', 'right'] },
          onDelete: 'setNull',
          onUpdate: 'setDefault',
        },
      ],
    }),
  ],
  objects,
)

/** Makes of one Schema another, as the executor does. */
async function turn(session: Session, before: Schema, after: Schema): Promise<void> {
  const { dialect } = session
  const changes = diff(before, after, { match: 'name', comparison: dialect.comparison })
  await session.transaction(async () => {
    const facts = dialect.needsFacts(changes) ? { facts: await session.facts(changes) } : {}
    for (const step of dialect.plan({ before, after, changes, foreignKeys: 'enforced', ...facts })) {
      if (step.kind === 'statement') await session.query(step.sql)
    }
  })
}

testOnBoth('what is declared is what is inspected', '', async (session) => {
  await turn(session, emptySchema, declared)
  assert.deepEqual(await differences(session, declared), [])
})

testOnBoth('every table and object can go and come back, and leaves nothing', '', async (session) => {
  await turn(session, emptySchema, declared)
  assert.deepEqual(
    await session.dependents(
      diff(declared, emptySchema, { match: 'name', comparison: session.dialect.comparison }),
      declared,
    ),
    [],
  )
  await turn(session, declared, emptySchema)
  const left =
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace"
  assert.deepEqual(await rows(session, left), [])
  await turn(session, emptySchema, declared)
  assert.deepEqual(await differences(session, declared), [])
})

testOnBoth('every constraint and index can go and come back, and rows stay', '', async (session) => {
  const bare: Schema = {
    ...declared,
    tables: new Map(
      [...declared.tables].map(([name, { exclusions: _, ...entry }]) => [
        name,
        { ...entry, uniques: [], indexes: [], checks: [], foreignKeys: [] },
      ]),
    ),
  }
  await turn(session, emptySchema, declared)
  await session.script(`INSERT INTO every_type (id) VALUES (1); INSERT INTO defaults (code) VALUES ('x');
    INSERT INTO pairs ("left", "right", status) VALUES (1, 'x', 'draft')`)
  await turn(session, declared, bare)
  assert.deepEqual(await differences(session, bare), [])
  await turn(session, bare, declared)
  assert.deepEqual(await differences(session, declared), [])
  assert.deepEqual(await rows(session, 'SELECT "left", "right", status FROM pairs'), [
    { left: 1, right: 'x', status: 'draft' },
  ])
})

testOnBoth('no part of what a plan made is a stranger to it', '', async (session) => {
  await turn(session, emptySchema, declared)
  for (const { name, columns } of declared.tables.values()) {
    const drops = columns.map((one) => ({ kind: 'dropColumn', table: name, column: one }) as const)
    assert.deepEqual(await session.dependents(drops, declared), [])
  }
})
