import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { emptySchema, type Table } from '../../../src/schema/schema.ts'
import { alter, carryOut, database, differences, editColumn, editTable, rows, runnableWays, textOf } from './support.ts'

const family = `
  CREATE TABLE parent (id integer PRIMARY KEY AUTOINCREMENT, name text, up integer REFERENCES parent (id) ON DELETE RESTRICT);
  CREATE TABLE cascading (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parent (id) ON DELETE CASCADE);
  CREATE TABLE emptying (id integer PRIMARY KEY, parent integer REFERENCES parent (id) ON DELETE SET NULL);
  CREATE TABLE grandchild (id integer PRIMARY KEY, of integer NOT NULL REFERENCES cascading (id) ON DELETE CASCADE);
  CREATE TABLE log (entry text);
  CREATE INDEX parent_name ON parent (name COLLATE NOCASE DESC) WHERE name IS NOT NULL;
  CREATE UNIQUE INDEX parent_lower ON parent (lower(name));
  CREATE VIEW names AS SELECT p.name, c.id FROM parent AS p JOIN cascading AS c ON c.parent = p.id;
  CREATE TRIGGER on_parent AFTER INSERT ON parent BEGIN INSERT INTO log VALUES (NEW.name); END;
  CREATE TRIGGER on_child AFTER INSERT ON cascading BEGIN INSERT INTO log SELECT name FROM parent WHERE id = NEW.parent; END;
  INSERT INTO parent VALUES (1, 'a', NULL), (2, 'b', 1), (9, 'gone', NULL);
  DELETE FROM parent WHERE id = 9;
  INSERT INTO cascading VALUES (1, 1), (2, 2);
  INSERT INTO emptying VALUES (1, 1), (2, 2);
  INSERT INTO grandchild VALUES (1, 1), (2, 2);
  DELETE FROM log;
`
const everything = ['parent', 'cascading', 'emptying', 'grandchild', 'log', 'names']

for (const way of runnableWays) {
  describe(`a rebuild planned for SQLite ${way.version}, foreign keys ${way.foreignKeys}`, () => {
    test('keeps every row of the table and of all that refer to it', async () => {
      const session = await database(family)
      const contents = () => Promise.all(everything.map((name) => rows(session, `SELECT * FROM ${name}`)))
      const before = await contents()
      await alter(session, editColumn('parent', 'name', { type: 'varchar(20)' }), way)
      assert.deepEqual(await contents(), before)
      assert.deepEqual(await rows(session, 'PRAGMA foreign_key_check'), [])
      await session.close()
    })

    test('keeps indexes, triggers, views and foreign keys, all working', async () => {
      const session = await database(family)
      const expected = editColumn('parent', 'name', { type: 'varchar(20)' })(await session.inspect())
      await alter(session, editColumn('parent', 'name', { type: 'varchar(20)' }), way)
      assert.deepEqual(await differences(session, expected), [])
      const definitions = ({ others }: typeof expected) => others.map(({ definition }) => definition).sort()
      assert.deepEqual(definitions(await session.inspect()), definitions(expected))
      await session.script("INSERT INTO parent (name) VALUES ('c'); INSERT INTO cascading VALUES (3, 10)")
      assert.deepEqual(await rows(session, 'SELECT entry FROM log'), [{ entry: 'c' }, { entry: 'c' }])
      await session.script('DELETE FROM cascading WHERE id = 3; DELETE FROM parent WHERE id = 2')
      assert.deepEqual(await rows(session, 'SELECT id FROM grandchild'), [{ id: 1 }])
      assert.deepEqual(await rows(session, 'SELECT parent FROM emptying'), [{ parent: 1 }, { parent: null }])
      await assert.rejects(session.script('INSERT INTO cascading VALUES (4, 77)'), {
        code: 'database.constraintFailed',
      })
      await session.close()
    })

    test('never gives an id again that was deleted', async () => {
      const session = await database(family)
      await alter(session, editColumn('parent', 'name', { type: 'varchar(20)' }), way)
      await session.script("INSERT INTO parent (name) VALUES ('next')")
      assert.deepEqual(await rows(session, "SELECT id FROM parent WHERE name = 'next'"), [{ id: 10 }])
      await session.close()
    })

    test('never gives an id again in a table that is empty', async () => {
      const session = await database(family)
      await session.script(
        'DELETE FROM emptying; DELETE FROM grandchild; DELETE FROM cascading; DELETE FROM parent WHERE up = 1; DELETE FROM parent',
      )
      await alter(session, editColumn('parent', 'name', { type: 'varchar(20)' }), way)
      await session.script("INSERT INTO parent (name) VALUES ('next')")
      assert.deepEqual(await rows(session, 'SELECT id FROM parent'), [{ id: 10 }])
      await session.close()
    })

    test('works in a cycle of tables that refer to each other', async () => {
      const session = await database(`
        CREATE TABLE hen (id integer PRIMARY KEY, egg integer REFERENCES egg (id) ON DELETE RESTRICT, name text);
        CREATE TABLE egg (id integer PRIMARY KEY, hen integer NOT NULL REFERENCES hen (id) ON DELETE CASCADE);
        INSERT INTO hen VALUES (1, NULL, 'x'); INSERT INTO egg VALUES (1, 1); UPDATE hen SET egg = 1;
      `)
      await alter(session, editColumn('hen', 'name', { type: 'varchar(5)' }), way)
      assert.deepEqual(await rows(session, 'SELECT * FROM hen JOIN egg ON hen.egg = egg.id'), [
        { id: 1, egg: 1, name: 'x', hen: 1 },
      ])
      assert.deepEqual(await rows(session, 'PRAGMA foreign_key_check'), [])
      await session.close()
    })

    test('works where two tables of a cycle delete the rows of a third, which refers to both', async () => {
      const session = await database(`
        CREATE TABLE p (id integer PRIMARY KEY, x integer REFERENCES x (id), name text);
        CREATE TABLE q (id integer PRIMARY KEY, x integer REFERENCES x (id));
        CREATE TABLE x (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE, q integer REFERENCES q (id) ON DELETE CASCADE);
        INSERT INTO p VALUES (1, NULL, 'x'); INSERT INTO q VALUES (1, NULL); INSERT INTO x VALUES (1, 1, 1);
        UPDATE p SET x = 1; UPDATE q SET x = 1;
      `)
      await alter(session, editColumn('p', 'name', { type: 'varchar(5)' }), way)
      assert.deepEqual(await rows(session, 'SELECT p.name, q.id FROM x JOIN p ON x.p = p.id JOIN q ON x.q = q.id'), [
        { name: 'x', id: 1 },
      ])
      await session.close()
    })

    test('makes renames of the table and its columns in the trigger, too', async () => {
      const session = await database(family)
      await alter(
        session,
        (schema) => {
          const renamed = editTable('parent', (parent) => ({
            ...parent,
            name: 'ancestor',
            columns: parent.columns.map((column) =>
              column.name === 'name' ? { ...column, name: 'title', type: 'varchar(9)' } : column,
            ),
            indexes: [],
            uniques: [],
            foreignKeys: parent.foreignKeys.map((key) => ({
              ...key,
              references: { ...key.references, table: 'ancestor' },
            })),
          }))(schema)
          const follow = (entry: Table): Table => ({
            ...entry,
            foreignKeys: entry.foreignKeys.map((key) =>
              key.references.table === 'parent'
                ? { ...key, references: { ...key.references, table: 'ancestor' } }
                : key,
            ),
          })
          return { ...renamed, tables: new Map([...renamed.tables].map(([name, entry]) => [name, follow(entry)])) }
        },
        way,
      )
      await session.script("INSERT INTO ancestor (title) VALUES ('t')")
      assert.deepEqual(await rows(session, 'SELECT entry FROM log'), [{ entry: 't' }])
      assert.deepEqual(await rows(session, 'SELECT count(*) AS n FROM names'), [{ n: 2 }])
      await session.close()
    })

    test('is taken back whole when a view would no longer work', async () => {
      const session = await database(`
        CREATE TABLE item (id integer PRIMARY KEY, name text, note text CHECK (note <> ''));
        CREATE VIEW notes AS SELECT note FROM item;
        INSERT INTO item VALUES (1, 'a', 'b');
      `)
      const before = await rows(session, 'SELECT sql FROM sqlite_schema')
      const drop = editTable('item', (item) => ({ ...item, columns: item.columns.slice(0, 2), checks: [] }))
      await assert.rejects(alter(session, drop, way), /note/)
      assert.deepEqual(await rows(session, 'SELECT sql FROM sqlite_schema'), before)
      assert.deepEqual(await rows(session, 'PRAGMA legacy_alter_table'), [{ legacy_alter_table: 0 }])
      assert.deepEqual(await rows(session, 'PRAGMA foreign_keys'), [{ foreign_keys: 1 }])
      await session.close()
    })

    test('keeps what others added to the table', async () => {
      const session = await database(`
        CREATE TABLE item (id integer PRIMARY KEY, name text);
        INSERT INTO item VALUES (1, 'a');
      `)
      const before = await session.inspect()
      await session.script(`
        ALTER TABLE item ADD COLUMN extra text COLLATE NOCASE CHECK (extra <> 'no');
        UPDATE item SET extra = 'mine';
        CREATE INDEX by_hand ON item (extra);
      `)
      const item = before.tables.get('item')
      const name = item?.columns[1]
      assert.ok(item && name)
      const changed = { ...name, type: 'varchar(4)' }
      const after = { ...emptySchema, tables: new Map([['item', { ...item, columns: item.columns.with(1, changed) }]]) }
      await carryOut(
        session,
        { before, after, changes: [{ kind: 'setType', table: 'item', before: name, after: changed }] },
        way,
      )
      assert.deepEqual(await rows(session, 'SELECT * FROM item'), [{ id: 1, name: 'a', extra: 'mine' }])
      const [index] = (await session.inspect()).tables.get('item')?.indexes ?? []
      assert.equal(index?.name, 'by_hand')
      await assert.rejects(session.script("UPDATE item SET extra = 'no'"), { code: 'database.constraintFailed' })
      await session.close()
    })

    test('keeps STRICT and WITHOUT ROWID', async () => {
      const session = await database(
        'CREATE TABLE pair (a int, b text, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID; INSERT INTO pair VALUES (1, 2)',
      )
      await alter(session, editColumn('pair', 'b', { default: { kind: 'value', value: 'x' } }), way)
      const pair = (await session.inspect()).tables.get('pair')
      assert.deepEqual(pair?.attributes, ['STRICT', 'WITHOUT ROWID'])
      assert.deepEqual(await rows(session, 'SELECT * FROM pair'), [{ a: 1, b: '2' }])
      await session.close()
    })

    test('is refused where something could not be written again', async () => {
      const session = await database('CREATE TABLE item (id integer PRIMARY KEY, name text UNIQUE ON CONFLICT REPLACE)')
      await assert.rejects(alter(session, editColumn('item', 'name', { type: 'blob' }), way), {
        code: 'database.cannotRebuild',
      })
      await session.close()
    })

    test('compares references before and after, so that one that leads nowhere stops it', async () => {
      const session = await database(`
        CREATE TABLE parent (id integer PRIMARY KEY);
        CREATE TABLE child (id integer PRIMARY KEY, parent integer);
        INSERT INTO child VALUES (1, 5);
      `)
      const reference = {
        name: 'child_parent',
        columns: ['parent'],
        references: { table: 'parent', columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'noAction',
      } as const
      await assert.rejects(
        alter(
          session,
          editTable('child', (child) => ({ ...child, foreignKeys: [reference] })),
          way,
        ),
      )
      assert.deepEqual(await rows(session, 'SELECT * FROM child'), [{ id: 1, parent: 5 }])
      await session.close()
    })

    test('leaves references alone that led nowhere before', async () => {
      const session = await database(`
        CREATE TABLE parent (id integer PRIMARY KEY, name text);
        CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id));
      `)
      await session.script('PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (1, 5); PRAGMA foreign_keys = ON')
      await alter(session, editColumn('parent', 'name', { type: 'blob' }), way)
      assert.deepEqual(await rows(session, 'SELECT * FROM child'), [{ id: 1, parent: 5 }])
      await session.close()
    })
  })
}

test('a table that others refer to is not dropped', async () => {
  const session = await database(family)
  const drop = alter(
    session,
    (schema) => ({ ...schema, tables: new Map([...schema.tables].filter(([name]) => name !== 'parent')) }),
    { version: '3.53.4', foreignKeys: 'suspended' },
  )
  await assert.rejects(drop, { code: 'database.stillReferenced' })
  await session.close()
})

test('tables that refer to each other are dropped together, whatever their actions', async () => {
  for (const way of runnableWays) {
    const session = await database(family)
    await session.script('DROP VIEW names')
    const steps = await alter(session, () => emptySchema, way)
    assert.deepEqual((await session.inspect()).tables.size, 0)
    assert.ok(textOf(steps).includes('DROP TABLE "parent"'))
    await session.close()
  }
})
