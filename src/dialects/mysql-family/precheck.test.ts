import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../schema/change.ts'
import type { Column, Schema } from '../../schema/schema.ts'
import { mariadb } from '../mariadb/mariadb.ts'
import { mysql } from '../mysql/mysql.ts'
import { precheck } from './precheck.ts'
import { toText } from './statement-text.ts'

const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const column = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...rest,
})
const post = {
  ...none,
  name: 'post',
  columns: [column('id', 'int'), column('code', 'varchar(20)'), column('owner', 'int'), column('n', 'int')],
  primaryKey: { columns: ['id', 'code'] },
}
const user = { ...none, name: 'user', columns: [column('id', 'int'), column('name', 'varchar(20)')] }
const schema: Schema = { tables: new Map([post, user].map((table) => [table.name, table])), others: [] }
const flavour = { variant: mariadb, version: '10.11.19' }
const key =
  "concat('id = ', CAST(`post`.`id` AS CHAR), ', ', 'code = ', concat('''', replace(CAST(`post`.`code` AS CHAR), '''', ''''''), ''''))"

function rows(condition: string): string {
  return `SELECT count(*) AS \`violations\`, (SELECT ${key} FROM \`post\` WHERE ${condition} LIMIT 1) AS \`example\` FROM \`post\` WHERE ${condition}`
}

function asked(change: Change): readonly unknown[] | undefined {
  const found = precheck(change, schema, flavour)
  return found && [toText(found.query), found.columns, found.problem, found.rule]
}

test('NOT NULL asks for NULLs, and for nothing where they are filled', () => {
  const change: Change = { kind: 'setNotNull', table: 'post', column: column('n', 'int', { nullable: false }) }
  assert.deepEqual(asked(change), [rows('`n` IS NULL'), ['n'], 'nulls', 'n is not null'])
  assert.equal(asked({ ...change, fill: { value: 0 } }), undefined)
})

test('a column that the server would fill with zeros asks whether there are rows', () => {
  const change: Change = { kind: 'addColumn', table: 'post', column: column('added', 'int', { nullable: false }) }
  assert.deepEqual(asked(change), [
    'SELECT count(*) AS `violations`, (SELECT NULL FROM `post` WHERE true LIMIT 1) AS `example` FROM `post` WHERE true',
    ['added'],
    'rowsWithoutValue',
    'added is not null, and there is no default and no value for the rows that exist',
  ])
  assert.equal(asked({ ...change, fill: { value: 0 } }), undefined)
  assert.equal(asked({ ...change, column: column('added', 'int') }), undefined)
})

test('a unique groups by its columns, and shows what is equal', () => {
  const parts = ['code', 'n'].map((name) => ({ expression: { kind: 'column' as const, name } }))
  assert.deepEqual(asked({ kind: 'addUnique', table: 'post', unique: { name: 'u', parts } }), [
    'SELECT count(*) AS `violations`, min(shown) AS `example` FROM (' +
      "SELECT concat(concat('''', replace(CAST(min(`code`) AS CHAR), '''', ''''''), ''''), ', ', CAST(min(`n`) AS CHAR)) AS shown " +
      'FROM `post` WHERE (`code`) IS NOT NULL AND (`n`) IS NOT NULL GROUP BY `code`, `n` HAVING count(*) > 1) AS duplicates',
    ['code', 'n'],
    'duplicates',
    'code, n is unique',
  ])
  assert.equal(asked({ kind: 'setPrimaryKey', table: 'post', before: { columns: ['id'] } }), undefined)
})

test('a check asks for rows that break it, in words that these servers understand', () => {
  const length = { kind: 'call', function: 'length', arguments: [{ kind: 'column', name: 'code' }] } as const
  const expression = { kind: 'compare', operator: '>', left: length, right: { kind: 'value', value: 2 } } as const
  assert.deepEqual(asked({ kind: 'addCheck', table: 'post', check: { name: 'c', expression } }), [
    rows('NOT (char_length(`code`) > 2)'),
    ['code'],
    'checkViolated',
    'char_length(`code`) > 2',
  ])
})

test('a foreign key asks for rows that refer to none, and compares bytes where types or collations differ', () => {
  const refersTo = (own: string, target: string): readonly unknown[] | undefined =>
    asked({
      kind: 'addForeignKey',
      table: 'post',
      foreignKey: {
        name: 'fk',
        columns: [own],
        references: { table: 'user', columns: [target] },
        onDelete: 'cascade',
        onUpdate: 'noAction',
      },
    })
  const orphans = (own: string, pair: string): string =>
    rows(`\`post\`.\`${own}\` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \`user\` AS p WHERE ${pair})`)
  const rule = (own: string): string => `${own} refers to a row of user`
  assert.deepEqual(refersTo('owner', 'id'), [
    orphans('owner', 'p.`id` = `post`.`owner`'),
    ['owner'],
    'orphans',
    rule('owner'),
  ])
  const asBytes = (operand: string): string => `CAST(${operand} AS CHAR) COLLATE utf8mb4_bin`
  assert.deepEqual(refersTo('code', 'id'), [
    orphans('code', `${asBytes('p.`id`')} = ${asBytes('`post`.`code`')}`),
    ['code'],
    'orphans',
    rule('code'),
  ])
})

/** What another type of `post.n` asks of every value; undefined where it asks nothing. */
function retyped(from: string, to: string, rest: Partial<Change<'setType'>> = {}, on = flavour): string | undefined {
  const [before, after] = [column('n', from), column('n', to)]
  const found = precheck({ kind: 'setType', table: 'post', before, after, ...rest }, schema, on)
  const text = found && toText(found.query)
  return text?.slice(text.lastIndexOf(' WHERE ') + ' WHERE '.length)
}

function fits(condition: string): string {
  return `\`n\` IS NOT NULL AND NOT coalesce((${condition}), false)`
}

test('a type that holds every value of the old one asks nothing', () => {
  const roomy: readonly (readonly [string, string])[] = [
    ['int', 'bigint'],
    ['smallint unsigned', 'int'],
    ['int', 'double'],
    ['int', 'decimal(10,0)'],
    ['tinyint(1)', 'tinyint'],
    ['decimal(8,2)', 'decimal(10,4)'],
    ['varchar(20)', 'varchar(21)'],
    ['varchar(20)', 'longtext'],
    ['int', 'longtext'],
    ['date', 'datetime(6)'],
    ["enum('a')", "enum('b','a')"],
    ['json', 'longtext'],
    ['longtext', 'longblob'],
    ['uuid', 'char(36)'],
    ['point', 'geometry'],
  ]
  for (const [from, to] of roomy) assert.equal(retyped(from, to), undefined, `${from} to ${to}`)
})

test('a narrower type asks whether each value says the same in it', () => {
  assert.equal(retyped('bigint', 'int'), fits('`n` = truncate(`n`, 0) AND `n` >= -2147483648 AND `n` < 2147483648'))
  assert.equal(retyped('int', 'int unsigned'), fits('`n` = truncate(`n`, 0) AND `n` >= 0 AND `n` < 4294967296'))
  assert.equal(retyped('int', 'tinyint(1)'), fits('`n` IN (0, 1)'))
  assert.equal(
    retyped('decimal(8,2)', 'decimal(5,1)'),
    fits('`n` = round(`n`, 1) AND round(`n`, 1) > -10000 AND round(`n`, 1) < 10000'),
  )
  assert.equal(retyped('bigint', 'double'), fits('`n` BETWEEN -9007199254740992 AND 9007199254740992'))
  assert.equal(retyped('varchar(20)', 'json'), fits('json_valid(CAST(`n` AS CHAR))'))
  assert.equal(retyped("enum('a','b')", "enum('it''s','a')"), fits("CAST(`n` AS CHAR) IN ('it''s', 'a')"))
})

test('a length is counted in characters, or in bytes where the type counts those', () => {
  assert.equal(retyped('longtext', 'varchar(3)'), 'char_length(CAST(`n` AS CHAR)) > 3')
  assert.equal(retyped('longtext', 'text'), 'octet_length(CONVERT(CAST(`n` AS CHAR) USING utf8mb4)) > 65535')
  assert.equal(retyped('longblob', 'varbinary(3)'), 'octet_length(`n`) > 3')
  const cast = { kind: 'call', function: 'lower', arguments: [{ kind: 'column', name: 'n' }] } as const
  assert.equal(retyped('varchar(3)', 'varchar(3)', { cast }), 'char_length(CAST(lower(`n`) AS CHAR)) > 3')
})

test('what has no meaning in the new type is refused, though the server would take it', () => {
  const senseless: readonly (readonly [string, string])[] = [
    ['int', 'date'],
    ['int', "enum('a')"],
    ["enum('a')", 'int'],
    ['time(6)', 'datetime(6)'],
    ['datetime(6)', 'bigint'],
    ['uuid', 'longblob'],
    ['longblob', 'date'],
  ]
  for (const [from, to] of senseless) assert.equal(retyped(from, to), fits('false'), `${from} to ${to}`)
})

test('bytes become a text where they are one, and have room', () => {
  const isText = (charset: string): string => `CAST(CONVERT(\`n\` USING ${charset}) AS BINARY) = \`n\``
  assert.equal(retyped('longblob', 'longtext'), fits(isText('utf8mb4')))
  assert.equal(
    retyped('longblob', 'varchar(3)'),
    fits(`${isText('utf8mb4')} AND char_length(CONVERT(\`n\` USING utf8mb4)) <= 3`),
  )
  assert.equal(retyped('longblob', 'tinytext'), fits(`${isText('utf8mb4')} AND octet_length(\`n\`) <= 255`))
})

test('a UUID without hyphens is one only where there is a type of its own', () => {
  const hyphens = '[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}'
  assert.equal(retyped('longtext', 'uuid'), fits(`CAST(\`n\` AS CHAR) REGEXP '^(${hyphens}|[0-9A-Fa-f]{32})$'`))
  assert.equal(
    retyped('longtext', 'char(36)', {}, { variant: mysql, version: '9.7.4' }),
    fits(`CAST(\`n\` AS CHAR) REGEXP '^(${hyphens})$'`),
  )
})

test('another collation asks whether keys stay unique, another character set whether it has all texts', () => {
  const to = (collation: string): Change => {
    const before = column('code', 'varchar(20)')
    return { kind: 'setType', table: 'post', before, after: { ...before, collation } }
  }
  assert.deepEqual(asked(to('utf8mb4_unicode_ci')), [
    'SELECT count(*) AS `violations`, min(shown) AS `example` FROM (' +
      "SELECT concat(CAST(min(`id`) AS CHAR), ', ', concat('''', replace(CAST(min(`code`) AS CHAR), '''', ''''''), '''')) AS shown " +
      'FROM `post` WHERE (`id`) IS NOT NULL AND (CONVERT(`code` USING utf8mb4) COLLATE utf8mb4_unicode_ci) IS NOT NULL ' +
      'GROUP BY `id`, CONVERT(`code` USING utf8mb4) COLLATE utf8mb4_unicode_ci HAVING count(*) > 1) AS duplicates',
    ['code'],
    'duplicates',
    'code stays unique where its texts are compared by utf8mb4_unicode_ci',
  ])
  assert.equal(asked(to('latin1_bin'))?.[3], 'code can be written in latin1')
})
