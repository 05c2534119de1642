import assert from 'node:assert/strict'
import { f } from '../../src/index.ts'
import { findField, modelsOf } from '../../src/state/project-state.ts'
import { testOnEach } from '../support/databases.ts'
import { adopt } from './adopt.ts'
import { changed } from './changed.ts'

testOnEach('names that no identifier can be become ones, and the real names stay beside them', async (on) => {
  const statements = `
    CREATE TABLE "2 für 1" ("größe" integer NOT NULL PRIMARY KEY, "class" varchar(5), "a b" integer, "a_b" integer, "__proto__" integer);
    CREATE TABLE "order line" (id integer NOT NULL PRIMARY KEY, "constructor" varchar(9));
    CREATE TABLE "order-line" (id integer NOT NULL PRIMARY KEY);
    CREATE TABLE buffer (id integer NOT NULL PRIMARY KEY, "42" integer)`
  await adopt(on, [statements], async ({ read }) => {
    const names = [...modelsOf(read.state)].map(({ name, options, fields }) => [
      options.table,
      name,
      ...fields.map((field) => (field.field.column === undefined ? field.name : `${field.name}=${field.field.column}`)),
    ])
    assert.deepEqual(
      names.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
      [
        ['2 für 1', 'Table2Fur1', 'grosse=größe', 'class', 'aB=a b', 'aB2=a_b', 'proto=__proto__'],
        ['buffer', 'TableBuffer', 'id', 'field42=42'],
        ['order line', 'OrderLine', 'id', 'constructor'],
        ['order-line', 'OrderLine2', 'id'],
      ],
    )
    assert.deepEqual([...read.differences], [])
  })
})

testOnEach(
  'a table whose rows cannot be told apart has no model, and one that could have a key stays in other hands',
  async (on) => {
    const statements = `
    CREATE TABLE log (at integer, what varchar(20));
    CREATE TABLE setting (code varchar(20) NOT NULL UNIQUE, content varchar(50));
    CREATE TABLE choice (id integer NOT NULL PRIMARY KEY, setting_code varchar(20), FOREIGN KEY (setting_code) REFERENCES setting (code))`
    await adopt(on, [statements], async ({ read }) => {
      assert.deepEqual(read.unread, [{ table: 'log', why: 'it has no primary key, and no unique that could be one' }])
      assert.match(read.source, /\/\/ - log: it has no primary key/)
      const models = new Map([...modelsOf(read.state)].map((model) => [model.name, model]))
      const setting = models.get('Setting')
      assert.equal(setting?.options.managed, false)
      assert.equal(setting && findField(setting, 'code')?.field.primaryKey, true)
      assert.match(read.source, /Without a primary key in the database/)
      assert.match(read.source, /settingCode: f\.foreignKey\(\(\) => Setting, \{ null: true,/)
    })
  },
)

testOnEach('foreign keys that no field says are told with the reason, and left alone', async (on) => {
  const statements = `
    CREATE TABLE product (id integer NOT NULL PRIMARY KEY, sku varchar(20) NOT NULL, shop integer NOT NULL, number integer NOT NULL,
      UNIQUE (sku), UNIQUE (shop, number));
    CREATE TABLE price (id integer NOT NULL PRIMARY KEY, sku varchar(20), shop integer, number integer, amount decimal(8,2),
      CONSTRAINT by_sku FOREIGN KEY (sku) REFERENCES product (sku),
      CONSTRAINT by_number FOREIGN KEY (shop, number) REFERENCES product (shop, number))`
  await adopt(on, [statements], async ({ read, evolve }) => {
    assert.deepEqual(
      (read.differences.get('price') ?? [])
        .map(({ text }) => text)
        .filter((text) => text.startsWith('foreign'))
        .toSorted(),
      [
        'foreign key by_number (shop, number) to product (shop, number): it is over several columns',
        'foreign key by_sku (sku) to product (sku): it points at a column that is not the primary key',
      ],
    )
    await evolve(
      changed(read.state)
        .add('Price', 'since', f.date({ null: true }))
        .alter('Price', 'amount', { maxDigits: 10 }),
    )
  })
})

testOnEach(
  'relations to one model are told apart from its side, also where it has a field of their name',
  async (on) => {
    const statements = `
    CREATE TABLE team (id integer NOT NULL PRIMARY KEY, game varchar(20));
    CREATE TABLE game (id integer NOT NULL PRIMARY KEY, home_id integer NOT NULL, away_id integer, parent_id integer,
      FOREIGN KEY (home_id) REFERENCES team (id), FOREIGN KEY (away_id) REFERENCES team (id), FOREIGN KEY (parent_id) REFERENCES game (id));
    CREATE TABLE profile (team_id integer NOT NULL PRIMARY KEY, motto varchar(20), FOREIGN KEY (team_id) REFERENCES team (id))`
    await adopt(on, [statements], async ({ read }) => {
      const relations = [...modelsOf(read.state)].flatMap((model) =>
        model.fields.flatMap(({ name, field }) =>
          field.to === undefined ? [] : [[`${model.name}.${name}`, field.kind, field.to, field.relatedName]],
        ),
      )
      assert.deepEqual(relations.toSorted(), [
        ['Game.away', 'foreignKey', 'shop.Team', 'gameByAway'],
        ['Game.home', 'foreignKey', 'shop.Team', 'gameByHome'],
        ['Game.parent', 'foreignKey', 'shop.Game', undefined],
        ['Profile.team', 'oneToOne', 'shop.Team', undefined],
      ])
    })
  },
)
