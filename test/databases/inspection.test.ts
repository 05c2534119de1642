import assert from 'node:assert/strict'
import type { OtherKind } from '../../src/schema/schema.ts'
import { testOnEach } from '../support/databases.ts'

/** One of everything that a database can hold beside the tables of models, and how each is listed. */
interface Fixture {
  readonly text: string
  /** Kind, name, and the table that it stands on. */
  readonly listed: readonly (readonly [kind: OtherKind, name: string, table?: string])[]
}

const tables = 'CREATE TABLE plain (id integer PRIMARY KEY, n integer);'
const view = 'CREATE VIEW seen AS SELECT id FROM plain;'

const ofTheFamily = `${tables} ${view}
  CREATE TABLE divided (id integer PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;
  CREATE TRIGGER fired BEFORE INSERT ON plain FOR EACH ROW SET NEW.n = 1;
  CREATE PROCEDURE proceed() SELECT 1; CREATE FUNCTION one() RETURNS integer DETERMINISTIC RETURN 1;
  CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM plain;`

const listedOfTheFamily: Fixture['listed'] = [
  ['event', 'nightly'],
  ['function', 'one'],
  ['partitionedTable', 'divided', 'divided'],
  ['procedure', 'proceed'],
  ['trigger', 'fired', 'plain'],
  ['view', 'seen'],
]

const fixtures: Readonly<Record<string, Fixture>> = {
  sqlite: {
    text: `${tables} ${view} CREATE TRIGGER fired AFTER INSERT ON plain BEGIN SELECT 1; END; CREATE VIRTUAL TABLE search USING fts5(body);`,
    listed: [
      ['trigger', 'fired', 'plain'],
      ['view', 'seen'],
      ['virtualTable', 'search'],
    ],
  },
  postgres: {
    text: `${tables} ${view} CREATE MATERIALIZED VIEW kept AS SELECT n FROM plain;
      CREATE TABLE divided (id integer) PARTITION BY RANGE (id); CREATE TABLE first_part PARTITION OF divided FOR VALUES FROM (1) TO (9);
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'; CREATE FUNCTION stamp(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE PROCEDURE proceed() LANGUAGE sql AS 'SELECT 1'; CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
      CREATE TRIGGER fired BEFORE INSERT ON plain FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE RULE ruled AS ON DELETE TO plain DO INSTEAD NOTHING; CREATE POLICY own ON plain USING (n > 0);
      CREATE STATISTICS counted ON id, n FROM plain; CREATE SEQUENCE numbers; CREATE TABLE numbered (id serial, other integer GENERATED ALWAYS AS IDENTITY);
      CREATE DOMAIN positive AS integer CHECK (value > 0); CREATE TYPE pair AS (a integer, b integer); CREATE TYPE span AS RANGE (SUBTYPE = integer);
      CREATE TYPE mood AS ENUM ('sad'); CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
      CREATE FOREIGN TABLE away (id integer) SERVER far;`,
    listed: [
      ['domain', 'positive'],
      ['foreignTable', 'away'],
      ['function', 'stamp()'],
      ['function', 'stamp(integer)'],
      ['function', 'total(integer)'],
      ['materialisedView', 'kept'],
      ['partition', 'first_part', 'divided'],
      ['partitionedTable', 'divided', 'divided'],
      ['policy', 'own', 'plain'],
      ['procedure', 'proceed()'],
      ['rule', 'ruled', 'plain'],
      ['sequence', 'numbers'],
      ['statistics', 'counted', 'plain'],
      ['trigger', 'fired', 'plain'],
      ['type', 'pair'],
      ['type', 'span'],
      ['view', 'seen'],
    ],
  },
  mariadb: {
    text: `${ofTheFamily} CREATE SEQUENCE numbers;`,
    listed: [...listedOfTheFamily, ['sequence', 'numbers']],
  },
  mysql: {
    text: `${ofTheFamily} CREATE TABLE idle (n integer, CONSTRAINT positive CHECK (n > 0) NOT ENFORCED);`,
    listed: [...listedOfTheFamily, ['check', 'positive', 'idle']],
  },
}

testOnEach('everything that no model can declare is listed, and is no table', async (on) => {
  const { text, listed } = fixtures[on.kind] ?? { text: '', listed: [] }
  const database = await on.create()
  const client = await database.connect()
  try {
    await client.exec(text)
    const session = await database.openSession()
    try {
      const { tables, others } = await session.inspect()
      const found = others.map(({ kind, name, table }) => (table === undefined ? [kind, name] : [kind, name, table]))
      assert.deepEqual(found.sort(byText), [...listed].sort(byText))
      const names = [...tables.keys()]
      assert.ok(names.includes('plain'))
      for (const [kind, name] of listed) assert.equal(names.includes(name), kind === 'partitionedTable', name)
      for (const { definition } of others) assert.match(definition, /^(?:CREATE|ALTER) /)
      const some = await session.inspect({ tables: ['plain'] })
      assert.deepEqual(
        some.others.filter(({ table }) => table !== undefined).map(({ table }) => table),
        listed.filter(([, , table]) => table === 'plain').map(([, , table]) => table),
      )
      assert.ok(some.others.some(({ name }) => name === 'seen'))
    } finally {
      await session.close()
    }
  } finally {
    await client.close()
    await database.drop()
  }
})

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return a.join(' ') < b.join(' ') ? -1 : 1
}
