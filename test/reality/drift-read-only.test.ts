import assert from 'node:assert/strict'
import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { type DriftResult, drift, isDrifting, loadProject } from '../../src/api.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { sqliteUnderTest } from '../support/sqlite-database.ts'
import { unprivilegedUser } from '../support/unprivileged-user.ts'
import { inSession, type Migrated, migratedShop, textsOf } from './drift/corpus.ts'

const reader = `godwit_test_drift_${process.pid}`

/** How a server makes a user who may only read, and forgets about it again. */
const users: Readonly<Record<string, (database: string) => readonly [create: string, drop: string]>> = {
  postgres: (database) => [
    `REVOKE TEMPORARY ON DATABASE "${database}" FROM PUBLIC; CREATE ROLE ${reader} LOGIN PASSWORD 'read';
     GRANT USAGE ON SCHEMA audit TO ${reader}; GRANT SELECT ON ALL TABLES IN SCHEMA public, audit TO ${reader}`,
    `DROP OWNED BY ${reader}; DROP ROLE ${reader}`,
  ],
  mariadb: madeForMysql,
  mysql: madeForMysql,
}

function madeForMysql(database: string): readonly [string, string] {
  return [
    `CREATE USER ${reader} IDENTIFIED BY 'read'; GRANT SELECT, SHOW VIEW ON \`${database}\`.* TO ${reader}`,
    `DROP USER ${reader}`,
  ]
}

/** What another hand does, one of which no rule for texts can tell. */
const changes = [
  'ALTER TABLE shop_tag ADD COLUMN colour varchar(7)',
  "ALTER TABLE shop_maker ALTER country SET DEFAULT 'no'",
  'ALTER TABLE shop_item DROP CONSTRAINT item_price',
  'ALTER TABLE shop_item ADD CONSTRAINT item_price CHECK (price > 0)',
]

testOnEach(
  'a user who may only read is told what differs, and what only the server could compare',
  async (on) => {
    const migrated = await migratedShop(on)
    const url = new URL(migrated.database.url)
    const [create = '', drop = ''] = users[on.kind]?.(url.pathname.slice(1)) ?? []
    url.username = reader
    url.password = 'read'
    await inSession(migrated.database, async (session) => {
      await session.script(create)
      try {
        const clean = await driftBy(migrated, url.href)
        assert.deepEqual([isDrifting(clean), clean.discrepancies], [false, []])
        for (const change of changes) await session.script(change)
        assert.deepEqual(judged(await driftBy(migrated, url.href)), {
          found: [
            `column shop_maker.country has the default ${on.kind === 'postgres' ? "'no'::character varying" : "'no'"}, and should have the default 'se'`,
            'column shop_tag.colour should not be there: '.concat(
              on.kind === 'postgres' ? 'character varying(7), nullable' : 'varchar(7), nullable',
            ),
          ],
          inDoubt:
            on.kind === 'postgres' ? ['check item_price on shop_item', 'index item_lower on shop_item'] : doubtsOfMysql,
        })
        if (on.kind !== 'postgres') return
        await session.script(
          `GRANT TEMPORARY ON DATABASE "${url.pathname.slice(1)}" TO ${reader}; ALTER ROLE ${reader} SET default_transaction_read_only = on`,
        )
        assert.deepEqual(judged(await driftBy(migrated, url.href)).inDoubt, [
          'check item_price on shop_item',
          'index item_lower on shop_item',
        ])
      } finally {
        await session.script(drop)
      }
    })
  },
  databases.filter(({ kind }) => kind in users),
)

const doubtsOfMysql = ['check item_price on shop_item', 'column shop_item.code', 'trigger item_audit on shop_item']

test('SQLite: a file that may only be read is compared whole', async () => {
  const migrated = await migratedShop(sqliteUnderTest())
  const file = migrated.database.url.slice('sqlite:'.length)
  await inSession(migrated.database, (session) => session.script('ALTER TABLE shop_tag ADD COLUMN colour text'))
  const modes = [file, dirname(file)].map((path, position) => [path, position === 0 ? 0o444 : 0o555] as const)
  for (const [path, mode] of modes) chmodSync(path, mode)
  const nobody = unprivilegedUser(['nobody'])
  if (nobody !== undefined) process.seteuid?.(nobody.uid)
  try {
    await inSession(migrated.database, async (session) =>
      assert.rejects(session.script('CREATE TABLE t (id integer)'), { code: 'database.readOnly' }),
    )
    assert.deepEqual(await inSession(migrated.database, (session) => textsOf(migrated, session)), [
      'column shop_tag.colour should not be there: text, nullable',
    ])
  } finally {
    if (nobody !== undefined) process.seteuid?.(0)
    chmodSync(dirname(file), 0o755)
    chmodSync(file, 0o644)
  }
})

async function driftBy({ files }: Migrated, url: string): Promise<DriftResult> {
  files.write(
    'reader.config.ts',
    `import { defineConfig } from 'godwit'\nexport default defineConfig({ apps: ['shop'], databases: { default: '${url}' } })\n`,
  )
  return drift({ project: await loadProject({ config: join(files.dir, 'reader.config.ts') }) })
}

function judged({ discrepancies, notCompared }: DriftResult) {
  return { found: discrepancies.map(({ text }) => text), inDoubt: notCompared.map(({ object }) => object).toSorted() }
}
