import type { Expression } from '../../../src/schema/expression.ts'
import type { Column, Index, IndexPart, Table, Unique } from '../../../src/schema/schema.ts'

/** What only one of the two products takes is for that one. */
export type Only = 'mariadb' | 'mysql'

export const raw = (sql: string): Expression => ({ kind: 'sql', sql })
export const column = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...rest,
})
export const part = (name: string, rest: Partial<IndexPart> = {}): IndexPart => ({
  expression: { kind: 'column', name },
  ...rest,
})

/** Columns that the expressions below speak of. */
export const columns: readonly Column[] = [
  column('id', 'bigint', { nullable: false, autoIncrement: true }),
  column('q', 'int'),
  column('t', 'varchar(40)'),
  column('b', 'tinyint(1)'),
  column('d', 'datetime(6)'),
  column('j', 'json'),
]

/** A table of these columns and what is given besides. */
export function table(name: string, rest: Partial<Table> = {}): Table {
  return {
    name,
    columns,
    primaryKey: { columns: ['id'] },
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    ...rest,
  }
}

/** Defaults, each as people write them for a column of a type. */
export const defaults: readonly (readonly [type: string, text: string, only?: Only])[] = [
  ['int', '0'],
  ['int', '-3'],
  ['int', '+4'],
  ['int', '0x10'],
  ['int', 'NULL'],
  ['int', '(1+2)'],
  ['int', '(case when 1 > 2 then 3 else 4 end)'],
  ['bigint', '9007199254740993'],
  ['smallint unsigned', '3'],
  ['tinyint unsigned', '1'],
  ['mediumint', '5'],
  ['int(5) unsigned zerofill', '7'],
  ['tinyint(1)', 'true'],
  ['tinyint(1)', 'false'],
  ['decimal(12,2)', '0'],
  ['decimal(12,2)', '1.5'],
  ['decimal(5,0)', '5'],
  ['double', '1.5e3'],
  ['double', '0.1'],
  ['float(7,2)', '1'],
  ['year', '2020'],
  ['bit(3)', "b'101'"],
  ['varchar(20)', "'x'"],
  ['varchar(20)', `"it's"`],
  ['varchar(20)', "'it''s'"],
  ['varchar(20)', "'a\\nb\\\\c\\t%'"],
  ['varchar(20)', "''"],
  ['varchar(20)', "'NULL'"],
  ['varchar(20)', "'now()'"],
  ['varchar(20)', "'é€'"],
  ['varchar(20)', "'a😀'"],
  ['varchar(20)', "(concat('a','😀','b'))"],
  ['varchar(20)', "_latin1'abc'"],
  ['varchar(20)', "x'6162'"],
  ['varchar(20)', "('a' collate utf8mb4_bin)"],
  ['varchar(99)', "(concat(lower(hex(random_bytes(4))), '-', 1))"],
  ['varchar(40)', '(uuid())'],
  ['char(3)', "'a '"],
  ['varbinary(9)', "'abc'"],
  ['varbinary(9)', "''"],
  ['longblob', "(unhex('00ff'))"],
  ['longtext', "('abc')"],
  ['longtext', "'😀 é'"],
  ['json', '\'["😀"]\''],
  ['json', "('{}')"],
  ['json', "(json_object('a', 1))"],
  ["enum('a','b''c')", "'a'"],
  ["set('x','y')", "'x,y'"],
  ['date', "'2020-01-01'"],
  ['date', '(curdate())'],
  ['date', "(date '2020-02-03' + interval 2 month)"],
  ['time(6)', "'10:00:00'"],
  ['datetime', 'now()'],
  ['datetime', '(now() + interval 1 day)'],
  ['datetime(6)', "'2020-01-01 10:00:00'"],
  ['datetime(6)', 'current_timestamp(6)'],
  ['datetime(6)', 'CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)'],
  ['datetime', "'2020-01-01' ON UPDATE CURRENT_TIMESTAMP"],
  ['timestamp', 'current_timestamp'],
  ['timestamp(3)', "'2020-01-01 10:00:00.5'"],
  ['uuid', '(uuid())', 'mariadb'],
  ['inet6', "'::1'", 'mariadb'],
]

/** Types whose texts may hold anything. */
export const types: readonly string[] = [
  "enum('a','it''s','c, d','e)','é€')",
  "enum('back\\\\slash','\\n','\"')",
  "enum('😀','b')",
  "set('a b','c''d')",
  'varchar(20)',
  'INT',
  'integer unsigned',
  'int(11)',
  'bool',
  'dec(6,2)',
  'numeric(6,2)',
  'double precision',
  'real',
  'char',
  'char(36)',
  'bit',
  'varbinary(16)',
  'tinytext',
  'mediumblob',
  'point',
  'int INVISIBLE',
]

/** Conditions of checks. */
export const checks: readonly (readonly [text: string, only?: Only])[] = [
  ['q > 0'],
  ["q>0 and t <> 'a'"],
  ['not (q > 0)'],
  ["t in ('a','b')"],
  ["t in ('a')"],
  ['q in (1,2,3)'],
  ['q between 1 and 10'],
  ['b = true'],
  ['not b'],
  ['b is true'],
  ["t like 'a%'"],
  ["t not like 'a\\\\_%'"],
  ["t regexp '^[a-z]+$'"],
  ['q <=> 3'],
  ['q is not null or t is null'],
  ['char_length(t) < 10'],
  ['length(t)>3 && q < 5'],
  ['q != 4'],
  ['q % 2 = 0'],
  ['q div 2 > 1'],
  ['q mod 3 = 1'],
  ['coalesce(q, 0) >= 0'],
  ["ifnull(t,'') <> ''"],
  ["case when q > 1 then t = 'a' else t = 'b' end", 'mariadb'],
  ['if(b, q > 1, q < 1)', 'mariadb'],
  ['1', 'mariadb'],
  ['true'],
  ["date(d) > '2020-01-01'"],
  ["d > '2020-01-01'"],
  ["d > timestamp '2020-01-01 00:00:00'"],
  ['extract(year from d) > 2000'],
  ['q & 1 = 1'],
  ['q << 2 > 4'],
  ['q xor b'],
  ['-q < 5'],
  ['(q > 1 or q < -1) and b'],
  ['q > (1 + 2) * 3'],
  ['q - (q - 1) > 0'],
  ['q > 1e3'],
  ['q = 0x1F'],
  ["t = 'it''s'"],
  ['t = "dq"'],
  ["t <> 'a\\nb'"],
  ["t <> '😀é'"],
  ["cast(q as char) = '1'"],
  ["concat(t,'x') = 'ax'"],
  ['upper(t) = t'],
  ["trim(both 'x' from t) = t"],
  ["substring(t, 1, 2) = 'ab'"],
  ["t collate utf8mb4_bin = 'a'"],
  ['json_valid(j)'],
  ["json_extract(j, '$.a') = 1"],
]

/** Generated columns. */
export const generated: readonly (readonly [type: string, text: string])[] = [
  ['int', 'q + 1'],
  ['int', 'q*2 - -1'],
  ['int', 'case when q > 1 then 2 else 3 end'],
  ['int', 'year(d)'],
  ['tinyint(1)', 'q > 1'],
  ['decimal(10,2)', 'q / 3'],
  ['date', 'date(d)'],
  ['varchar(9)', "if(q > 0, 'y', 'n')"],
  ['varchar(50)', "concat(t, '-', q)"],
  ['varchar(50)', 'lower(trim(t))'],
  ['varchar(20)', "json_unquote(json_extract(j, '$.a'))"],
  ['longtext', "concat(t,'é😀')"],
]

/** Indexes and uniques over more columns: texts, bytes, and columns with a collation of their own. */
export const longColumns: readonly Column[] = [
  ...columns,
  column('body', 'longtext'),
  column('bytes', 'longblob'),
  column('german', 'varchar(9)', { collation: 'utf8mb4_unicode_ci' }),
  column('old', 'varchar(9)', { collation: 'latin1_swedish_ci' }),
]

export const indexes: readonly (readonly [index: Omit<Index, 'name'>, only?: Only])[] = [
  [{ parts: [part('q')] }],
  [{ parts: [part('t', { descending: true }), part('q')] }],
  [{ parts: [part('body', { prefix: 20 })] }],
  [{ parts: [part('bytes', { prefix: 7 }), part('t', { prefix: 40 })] }],
  [{ parts: [part('german'), part('old', { prefix: 3 })] }],
  [{ parts: [{ expression: raw('lower(t)') }, { expression: raw('q+1'), descending: true }] }, 'mysql'],
]

export const uniques: readonly (readonly [unique: Omit<Unique, 'name'>, only?: Only])[] = [
  [{ parts: [part('t')] }],
  [{ parts: [part('q'), part('t', { descending: true })] }],
  [{ parts: [part('body', { prefix: 20 })] }],
  [{ parts: [part('body')] }, 'mariadb'],
  [{ parts: [{ expression: raw('upper(`t`)') }] }, 'mysql'],
]

/** Two declarations that are not the same thing, though they look alike. */
export const pairs: readonly (
  | { readonly kind: 'check'; readonly real: string; readonly declared: string; readonly only?: Only }
  | { readonly kind: 'default'; readonly type: string; readonly real: string; readonly declared: string }
  | { readonly kind: 'generated'; readonly type: string; readonly real: string; readonly declared: string }
  | { readonly kind: 'type'; readonly real: string; readonly declared: string }
)[] = [
  { kind: 'check', real: '(q > 1 or b) and t is null', declared: 'q > 1 or (b and t is null)' },
  { kind: 'check', real: 'q - (q - 1) > 0', declared: 'q - q - 1 > 0' },
  { kind: 'check', real: "t <> 'a  b'", declared: "t <> 'a b'" },
  { kind: 'check', real: "t <> 'A'", declared: "t <> 'a'" },
  { kind: 'check', real: 'q > 0', declared: 'q >= 0' },
  { kind: 'check', real: 'q > 0', declared: '0 < -q' },
  { kind: 'check', real: "t like 'a%'", declared: "t like 'a\\\\%'" },
  { kind: 'check', real: "t = 'a'", declared: "binary t = 'a'" },
  { kind: 'check', real: "t <> '1'", declared: 't <> 1' },
  { kind: 'check', real: "t <> 'q'", declared: 't <> q' },
  { kind: 'check', real: 'q in (1,2)', declared: 'q in (1,2,3)' },
  { kind: 'check', real: 'b is true', declared: 'b = true' },
  { kind: 'check', real: 'length(t) < 5', declared: 'char_length(t) < 5' },
  { kind: 'check', real: "t <> _latin1'é'", declared: "t <> 'é'", only: 'mysql' },
  { kind: 'default', type: 'varchar(20)', real: "'now()'", declared: '(now())' },
  { kind: 'default', type: 'varchar(20)', real: "'NULL'", declared: 'NULL' },
  { kind: 'default', type: 'varchar(20)', real: "''", declared: 'NULL' },
  { kind: 'default', type: 'varchar(20)', real: "'a'", declared: "'a '" },
  { kind: 'default', type: 'varchar(20)', real: "'a\\\\n'", declared: "'a\\n'" },
  { kind: 'default', type: 'varchar(20)', real: "'uuid()'", declared: '(uuid())' },
  { kind: 'default', type: 'int', real: '1', declared: '-1' },
  { kind: 'default', type: 'decimal(6,2)', real: '1.5', declared: '1.05' },
  { kind: 'default', type: 'bit(3)', real: "b'101'", declared: "b'100'" },
  { kind: 'default', type: 'datetime(6)', real: 'current_timestamp(6)', declared: "'2020-01-01'" },
  {
    kind: 'default',
    type: 'datetime',
    real: 'current_timestamp',
    declared: 'current_timestamp ON UPDATE current_timestamp',
  },
  { kind: 'default', type: 'json', real: "('{}')", declared: "('[]')" },
  { kind: 'generated', type: 'int', real: 'q + 1', declared: 'q + 2' },
  { kind: 'generated', type: 'varchar(50)', real: "concat(t, ' ')", declared: "concat(t, '')" },
  { kind: 'type', real: 'varchar(20)', declared: 'varchar(21)' },
  { kind: 'type', real: 'char(20)', declared: 'varchar(20)' },
  { kind: 'type', real: 'int', declared: 'int unsigned' },
  { kind: 'type', real: 'tinyint(1)', declared: 'tinyint' },
  { kind: 'type', real: 'int(5) unsigned zerofill', declared: 'int(6) unsigned zerofill' },
  { kind: 'type', real: 'longtext', declared: 'json' },
  { kind: 'type', real: 'datetime', declared: 'datetime(6)' },
  { kind: 'type', real: 'decimal(6,2)', declared: 'decimal(6,3)' },
  { kind: 'type', real: "enum('a','b')", declared: "enum('b','a')" },
  { kind: 'type', real: 'int', declared: 'int INVISIBLE' },
]
