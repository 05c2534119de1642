import type { EnumType, IndexPart } from '../../../src/schema/schema.ts'

export const mood: EnumType = { kind: 'enum', name: 'mood', values: ['sad', 'ok', 'happy'] }

/** The enum type and the sequences that the declarations speak of. */
export const prelude = `
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
  CREATE SEQUENCE counter;
  CREATE SEQUENCE "Odd Counter"
`

/** The columns that the declarations speak of: one of every type. */
export const columns: Readonly<Record<string, string>> = {
  id: 'bigint',
  qty: 'integer',
  small: 'smallint',
  big: 'bigint',
  price: 'numeric(10,2)',
  total: 'numeric',
  ratio: 'double precision',
  rate: 'real',
  title: 'character varying(50)',
  code: 'character(3)',
  body: 'text',
  ok: 'boolean',
  day: 'date',
  at: 'timestamp without time zone',
  created: 'timestamp with time zone',
  moment: 'time without time zone',
  span: 'interval',
  doc: 'jsonb',
  raw: 'json',
  key: 'uuid',
  data: 'bytea',
  tags: 'text[]',
  nums: 'integer[]',
  ip: 'inet',
  net: 'cidr',
  mac: 'macaddr',
  during: 'int4range',
  days: 'daterange',
  feeling: 'mood',
  bits: 'bit(4)',
  words: 'tsvector',
  place: 'point',
  'Odd Name': 'integer',
  select: 'text',
}

/** Conditions, as people write them. */
export const checks: readonly string[] = [
  ...['qty > 0', 'qty>=0 and qty<=100', 'qty between 1 and 10', 'qty not between 5 and 6', 'qty in (1, 2, 3)'],
  ...['qty not in (4,5)', 'price * qty > 10', 'price > qty', 'ratio < 1.5', 'rate <> 0.5', 'small + qty > big'],
  ...[
    'qty % 2 = 0',
    'qty != 7',
    '-qty < 5',
    'not (qty > 0)',
    'abs(qty) < 10',
    'qty is not null',
    'qty is null or qty > 0',
  ],
  ...['qty is distinct from 5', 'price is not distinct from 1', '(qty, small) = (1, 2)', '(qty, small) < (3, 4)'],
  ...['qty & 3 = 1', 'qty << 2 < 100', 'qty ^ 2 < 1e6', 'round(price, 1) = price', 'price::int > 0', 'total < 1e100'],
  ...[
    'cast(qty as numeric) / 2 > 1',
    'qty::bigint < 9007199254740993',
    'greatest(qty, small) < 10',
    'least(qty, 5) > 1',
  ],
  ...['coalesce(qty, 0) >= 0', 'nullif(qty, 0) > 1', 'case when qty > 0 then price > 0 else price is null end'],
  ...['case qty when 1 then true when 2 then false end', 'qty > all (array[1,2])', 'qty = any (array[1,2,3])'],
  ...[
    "qty = any ('{1,2}'::int[])",
    '1 < qty',
    'qty > +1',
    'qty > (1 + 2) * 3',
    "ratio = 'NaN'",
    "ratio <> 'infinity'::float8",
  ],
  ...[
    'qty > 1 or qty < -1 and small > 0',
    '(qty > 1 or qty < -1) and small > 0',
    'mod(qty, 3) = 1',
    'price in (1, 2.5)',
  ],
  ...[
    'qty - (small - 1) > 0',
    'big in (1, 2)',
    'small in (1, 2)',
    'ratio in (1, 2)',
    'true',
    'num_nonnulls(qty, small) = 1',
  ],
  ...["title <> ''", "title in ('a', 'b')", "title not in ('a', 'b')", "title = 'it''s'", 'length(title) > 3'],
  ...[
    'char_length(trim(title)) > 0',
    "title like 'a%'",
    "title not like '%z'",
    "title ilike 'a%'",
    "title ~ '^[a-z]+$'",
  ],
  ...[
    "title !~* 'x'",
    "title similar to 'a(b|c)'",
    "body || title <> 'xy'",
    'lower(title) = title',
    'title = upper(body)',
  ],
  ...["substring(title from 1 for 3) = 'abc'", "substr(title, 2) <> ''", "position('@' in title) > 1", "title ^@ 'a'"],
  ...["trim(both 'x' from title) <> ''", 'ltrim(title) = title', "overlay(title placing 'x' from 1 for 1) <> 'y'"],
  ...[
    "code = 'abc'",
    "code in ('a','b')",
    "code::text <> ''",
    'title collate "C" > \'a\'',
    "E'\\t' <> title",
    "title = U&'\\0041'",
  ],
  ...['title = $$x$$', "replace(title, 'a', 'b') <> ''", "starts_with(title, 'a')", "title between 'a' and 'f'"],
  ...[
    "body in ('draft', 'sent')",
    "body not in ('x')",
    "concat(title, body) <> ''",
    "left(title,1) <> ' '",
    'title = body',
  ],
  ...[
    '"select" <> \'x\'',
    '"Odd Name" > 0',
    "body = 'a' or body = 'b'",
    "body like '100\\%'",
    "body like 'a!%' escape '!'",
  ],
  ...[
    'ok',
    'not ok',
    'ok is true',
    'ok is not false',
    'ok is unknown',
    'ok = true',
    'ok or qty > 1',
    'ok <> (qty > 0)',
  ],
  ...["day > '2020-01-01'", "day > date '2020-01-01'", "created > '2020-01-01'", "at < timestamp '2020-01-01 00:00'"],
  ...[
    "created > timestamptz '2020-01-01 12:00:00+02'",
    "moment > '12:00'",
    "span > interval '24 hours'",
    "span = '1 day'",
  ],
  ...[
    "span < interval '1 year 2 months'",
    'day + 1 > day',
    "day - date '2000-01-01' > 0",
    "at + interval '1 day' > at",
  ],
  ...["created at time zone 'UTC' > '2020-01-01'", 'extract(year from day) > 2000', "date_part('year', at) > 2000"],
  ...[
    "date_trunc('month', at) = at",
    'day >= current_date',
    'created <= now()',
    'created <= current_timestamp',
    'isfinite(day)',
  ],
  ...["(at, at) overlaps (timestamp '2020-01-01', interval '1 day')", 'make_date(2020,1,1) < day', 'at::date = day'],
  ...[
    "interval '1' day < span",
    "span * 2 > interval '1 hour'",
    "to_char(day, 'YYYY') = '2020'",
    "day in ('2020-01-01')",
  ],
  ...[
    "doc ? 'a'",
    'doc @> \'{"a": 1}\'',
    'doc @> jsonb \'{"b":1,"a":2}\'',
    "doc ->> 'a' = 'x'",
    "doc -> 'a' ->> 'b' <> ''",
  ],
  ...["(doc ->> 'n')::int > 0", "jsonb_typeof(doc) = 'object'", "doc #>> '{a,b}' = 'x'", "doc['a'] <> 'null'"],
  ...["doc @? '$.a[*] ? (@ > 2)'", "raw ->> 'a' = 'x'", "doc ?| array['a','b']", "doc <> '{}'"],
  ...[
    "tags @> array['a']",
    "tags && '{a,b}'",
    "'a' = any (tags)",
    'array_length(tags, 1) < 5',
    'cardinality(nums) > 0',
  ],
  ...[
    'nums[1] > 0',
    'nums[1:2] = array[1,2]',
    "nums = '{1,2}'",
    "tags <> '{}'",
    'array_position(tags, null) is null',
    '3 > all (nums)',
  ],
  ...[
    "key <> '00000000-0000-0000-0000-000000000000'",
    "data <> '\\x00'",
    'length(data) < 10',
    'octet_length(data) > 0',
  ],
  ...["ip << inet '10.0.0.0/8'", "ip <<= '10.0.0.0/8'", 'family(ip) = 4', "net >> '10.1.0.0/16'", 'masklen(net) > 8'],
  ...[
    "mac <> '00:00:00:00:00:00'",
    'during && int4range(1, 10)',
    'during @> 5',
    'not isempty(during)',
    'lower(during) > 0',
  ],
  ...["days && daterange('2020-01-01','2021-01-01')", "days @> date '2020-06-01'", 'upper_inf(during)'],
  ...[
    "feeling = 'ok'",
    "feeling in ('ok','sad')",
    "feeling <> 'sad'::mood",
    "feeling > 'sad'",
    "bits & B'1010' <> B'0000'",
  ],
  ...["words @@ to_tsquery('simple', 'cat')", "place <@ circle '((0,0),1)'", "place <-> point '(0,0)' < 5"],
  ...['row(qty, small) is not null', '(title is null) = (body is null)', 'qty /* why */ > 0', "title = 'a  b'"],
]

/** Defaults, by the type of their column. */
export const defaults: readonly (readonly [type: string, sql: string])[] = [
  ...of(
    'integer',
    '0',
    '1',
    '-1',
    '1+1',
    "'5'",
    '5::bigint',
    "length('abc')",
    'coalesce(null, 1)',
    "nextval('counter')",
  ),
  ...of('integer', 'case when true then 1 else 2 end', '(random()*10)::int', 'nextval(\'"Odd Counter"\')', '+3', '(2)'),
  ...of('bigint', '0', '9007199254740993', 'txid_current()', 'extract(epoch from now())', '-1'),
  ...of('smallint', '1', '-1'),
  ...of('numeric(10,2)', '1.5', '-1.5', '0', "'1.50'", '1', '1.5::numeric', 'round(1.234, 2)'),
  ...of('numeric', '1e10', '0.1', '1/3.0'),
  ...of('double precision', '1.5', "'NaN'", '1', '-0.5', '1e300', 'random()', 'pi()'),
  ...of('real', '0.1'),
  ...of('boolean', 'true', 'false', "'yes'", 'not true', '1 > 0'),
  ...of(
    'text',
    "'x'",
    "''",
    "'it''s'",
    "'a' || 'b'",
    "upper('x')",
    "E'tab\\t'",
    '$$d$$',
    'current_user',
    "'x'::text",
    "'null'",
  ),
  ...of(
    'text',
    'md5(random()::text)',
    'null',
    'null::text',
    "current_setting('x.y', true)",
    'session_user',
    "format('%s', 1)",
  ),
  ...of('character varying(20)', "'x'", "'x'::varchar(3)", "left('abc', 2)", 'null', "'x'::text"),
  ...of('character varying', "'x'"),
  ...of('character(3)', "'abc'", "'a'"),
  ...of('date', 'current_date', "'2020-01-01'", "date '2020-01-01'", 'now()', "'today'::text::date", "'epoch'"),
  ...of('timestamp with time zone', 'now()', 'current_timestamp', "'2020-01-01 00:00:00+02'", 'clock_timestamp()'),
  ...of('timestamp with time zone', "now() + interval '1 day'", 'current_timestamp(3)', "'2020-01-01'", "'infinity'"),
  ...of('timestamp without time zone', 'now()', 'localtimestamp', "'2020-01-01T00:00:00'", "now() at time zone 'utc'"),
  ...of('time without time zone', 'localtime', "'12:00'", "time '12:00:00.5'"),
  ...of('interval', "'1 day'", "interval '24 hours'", "'1 year 2 months'", "'P1DT2H'", "interval '1' hour"),
  ...of('uuid', 'gen_random_uuid()', "'00000000-0000-0000-0000-000000000000'"),
  ...of('jsonb', "'{}'", '\'{"b":1,"a":2}\'', "'[]'::jsonb", "jsonb_build_object('a', 1)", "'null'", '\'"text"\''),
  ...of('json', '\'{"b":1, "a":2}\''),
  ...of('bytea', "'\\x00ff'", "''::bytea", "decode('00','hex')", "'abc'"),
  ...of('text[]', "'{}'", 'array[]::text[]', "array['a','b']", "'{a,b}'", "array['a']::varchar[]"),
  ...of('integer[]', "'{1,2}'", 'array[1,2]', 'array_fill(0, array[2])'),
  ...of('inet', "'127.0.0.1'", "'10.0.0.0/8'"),
  ...of('cidr', "'10.0.0.0/8'"),
  ...of('int4range', "'[1,10)'", "'[1,10]'", 'int4range(1,10)', "'empty'"),
  ...of('tstzrange', 'tstzrange(now(), null)', "'[2020-01-01,2021-01-01)'"),
  ...of('mood', "'ok'", "'ok'::mood"),
  ...of('mood[]', "'{ok}'", "array['ok']::mood[]"),
  ...of('bit(4)', "B'1010'", "'1010'"),
  ...of('tsvector', "'a b'", "to_tsvector('simple', 'a b')"),
  ...of('point', "'(1,2)'", 'point(1,2)'),
]

/** Computed columns, by their type. */
export const generated: readonly (readonly [type: string, sql: string])[] = [
  ...of('numeric', 'price * qty', 'price * 1.19', 'coalesce(price, 0) + 1'),
  ...of(
    'integer',
    'qty + 1',
    'length(title)',
    'small',
    "(doc ->> 'n')::int",
    'case when ok then 1 else 0 end',
    'nums[1]',
  ),
  ...of(
    'text',
    'lower(title)',
    "title || ' ' || body",
    "doc ->> 'a'",
    "coalesce(title, 'none')",
    'feeling',
    'upper(code)',
  ),
  ...of('character varying(20)', 'left(body, 20)', 'title'),
  ...of('boolean', 'qty > 0', "title = 'x'", 'day is null', "body in ('a', 'b')"),
  ...of('tsvector', "to_tsvector('english', coalesce(body, ''))"),
  ...of('date', 'at::date', "(created at time zone 'UTC')::date", 'day + 1'),
  ...of('double precision', 'ratio / 2', 'extract(year from day)'),
  ...of('jsonb', "doc -> 'a'", "doc || '{}'"),
  ...of('tstzrange', "tstzrange(created, created, '[]')"),
]

/** Conditions of indexes. */
export const predicates: readonly string[] = [
  ...['qty > 0', 'ok', 'not ok', 'title is not null', "title <> '' and qty > 1", 'created is null', "feeling = 'ok'"],
  ...["day > '2020-01-01'", 'price > 1', "title in ('a','b')", "lower(title) = 'x'", "doc ? 'a'", "tags @> '{a}'"],
  ...['qty in (1,2)', "id is not null and title like 'a%'", 'true', 'ok is true', "span > '1 hour'", 'during @> 3'],
]

/** A part of an index as a statement writes it and as a Schema has it; the method where it is not the usual one. */
export interface WrittenPart {
  readonly sql: string
  readonly part: IndexPart
  readonly method?: string
}

export const indexParts: readonly WrittenPart[] = [
  ...[
    'lower(title)',
    'upper(body)',
    'price * qty',
    "doc ->> 'a'",
    'coalesce(title, body)',
    "date_trunc('day', at)",
  ].map(computed),
  ...["(doc -> 'a') ->> 'b'", 'length(body) + 1', 'qty', 'body is null', "title || 'x'", 'qty % 10', 'abs(qty)'].map(
    computed,
  ),
  ...["(created at time zone 'UTC')::date", 'nums[1]', 'title collate "C"', 'md5(body)', "feeling = 'ok'", '-qty'].map(
    computed,
  ),
  ...['substring(title from 1 for 3)', 'extract(year from day)', 'qty::text', "replace(body, '),(', '\"')"].map(
    computed,
  ),
  { sql: 'qty DESC', part: { ...column('qty'), descending: true } },
  { sql: 'qty DESC NULLS LAST', part: { ...column('qty'), descending: true, nulls: 'last' } },
  { sql: 'qty ASC NULLS FIRST', part: { ...column('qty'), nulls: 'first' } },
  { sql: 'qty ASC NULLS LAST', part: { ...column('qty'), nulls: 'last' } },
  { sql: 'title COLLATE "C"', part: { ...column('title'), collation: 'C' } },
  { sql: 'title text_pattern_ops', part: { ...column('title'), operatorClass: 'text_pattern_ops' } },
  { sql: 'body text_ops', part: { ...column('body'), operatorClass: 'text_ops' } },
  {
    sql: 'title COLLATE "POSIX" varchar_pattern_ops DESC',
    part: { ...column('title'), collation: 'POSIX', operatorClass: 'varchar_pattern_ops', descending: true },
  },
  {
    sql: '(lower(body)) text_pattern_ops',
    part: { ...computed('lower(body)').part, operatorClass: 'text_pattern_ops' },
  },
  {
    sql: '(lower(body)) COLLATE "C" DESC',
    part: { ...computed('lower(body)').part, collation: 'C', descending: true },
  },
  { sql: 'doc', part: column('doc'), method: 'gin' },
  { sql: 'doc jsonb_path_ops', part: { ...column('doc'), operatorClass: 'jsonb_path_ops' }, method: 'gin' },
  { sql: "(doc -> 'tags')", part: computed("doc -> 'tags'").part, method: 'gin' },
  { sql: "(to_tsvector('english', body))", part: computed("to_tsvector('english', body)").part, method: 'gin' },
  { sql: 'tags', part: column('tags'), method: 'gin' },
  { sql: 'during', part: column('during'), method: 'gist' },
  { sql: 'ip inet_ops', part: { ...column('ip'), operatorClass: 'inet_ops' }, method: 'gist' },
  {
    sql: 'words tsvector_ops (siglen = 100)',
    part: { ...column('words'), operatorClass: 'tsvector_ops (siglen = 100)' },
    method: 'gist',
  },
  { sql: 'created', part: column('created'), method: 'brin' },
  { sql: 'key', part: column('key'), method: 'hash' },
  { sql: 'place', part: column('place'), method: 'spgist' },
  { sql: 'qty', part: column('qty'), method: 'btree' },
]

/** Two things that are not the same, whatever they look like. */
export type Pair =
  | { readonly kind: 'check' | 'predicate'; readonly real: string; readonly declared: string }
  | { readonly kind: 'default' | 'generated'; readonly type: string; readonly real: string; readonly declared: string }
  | { readonly kind: 'index'; readonly real: WrittenPart; readonly declared: WrittenPart }

export const pairs: readonly Pair[] = [
  ...differing(
    'check',
    ['qty > 0', 'qty >= 0'],
    ['qty > 0', 'qty > 1'],
    ['qty > 0', 'small > 0'],
    ['(ok or qty > 1) and small > 0', 'ok or (qty > 1 and small > 0)'],
    ['qty - (small - 1) > 0', 'qty - small - 1 > 0'],
    ['price::int > 0', 'price > 0'],
    ['1::numeric / 2 > ratio', '1 / 2 > ratio'],
    ["title = 'a  b'", "title = 'a b'"],
    ["title = 'A'", "title = 'a'"],
    ["title in ('a', 'b')", "title in ('b', 'a')"],
    ["title in ('a', 'b')", "title in ('a')"],
    ["title like 'a%'", "title ilike 'a%'"],
    ["code = 'a'", "code::text = 'a'"],
    ["title ~ 'x'", "title ~* 'x'"],
    ['qty is null', 'qty is not null'],
    ['ok is true', 'ok'],
    ['ok is not false', 'ok is true'],
    ["created > '2020-01-01 00:00+00'", "created > '2020-01-01 00:00+01'"],
    ["day > '2020-01-01'", "day > '2020-01-02'"],
    ["span > '24 hours'", "span > '1 day'"],
    ["doc ->> 'a' = 'x'", "doc -> 'a' = '\"x\"'"],
    ['doc @> \'{"a": 1}\'', 'doc @> \'{"a": "1"}\''],
    ['extract(year from day) > 2000', "date_part('year', day) > 2000"],
    ["'a' = any (tags)", "'a' = all (tags)"],
    ['during && int4range(1, 10)', "during && int4range(1, 10, '[]')"],
    ["feeling > 'sad'", "feeling >= 'sad'"],
    ['title collate "C" > \'a\'', 'title collate "POSIX" > \'a\''],
    ['"Odd Name" > 0', 'qty > 0'],
    ['round(price) > 1', 'trunc(price) > 1'],
    ['qty = any (array[1, 2])', 'qty <> all (array[1, 2])'],
  ),
  ...differing('predicate', ['ok', 'not ok'], ['qty > 0', 'qty > 0 and ok'], ['title is null', "title = ''"]),
  ...typed('default', 'integer', ['0', '1'], ['1', '1 + 0'], ["nextval('counter')", 'nextval(\'"Odd Counter"\')']),
  ...typed('default', 'text', ["'now()'", 'now()::text'], ["'x'", "'X'"], ["''", 'null']),
  ...typed(
    'default',
    'timestamp with time zone',
    ['now()', 'clock_timestamp()'],
    ["'2020-01-01+00'", "'2020-01-01+01'"],
  ),
  ...typed('default', 'jsonb', ["'{}'", "'[]'"], ['\'{"a":1}\'', '\'{"a":2}\'']),
  ...typed('default', 'bytea', ["'\\x00'", "'\\x01'"]),
  ...typed('generated', 'integer', ['qty + 1', 'qty + 2'], ['length(title)', 'length(body)']),
  ...typed('generated', 'text', ['lower(title)', 'upper(title)'], ["title || ' ' || body", 'title || body']),
  {
    kind: 'index',
    real: part('qty', column('qty')),
    declared: part('qty DESC', { ...column('qty'), descending: true }),
  },
  {
    kind: 'index',
    real: part('body', column('body')),
    declared: part('', { ...column('body'), operatorClass: 'text_pattern_ops' }),
  },
  { kind: 'index', real: part('body', column('body')), declared: part('', { ...column('body'), collation: 'C' }) },
  { kind: 'index', real: part('qty', column('qty')), declared: part('', { ...column('qty'), nulls: 'first' }) },
  { kind: 'index', real: computed('lower(body)'), declared: computed('upper(body)') },
  {
    kind: 'index',
    real: computed('lower(body)'),
    declared: part('', { ...computed('lower(body)').part, collation: 'C' }),
  },
  {
    kind: 'index',
    real: { ...part('doc', column('doc')), method: 'gin' },
    declared: { ...part('', { ...column('doc'), operatorClass: 'jsonb_path_ops' }), method: 'gin' },
  },
  { kind: 'index', real: part('key', column('key')), declared: { ...part('', column('key')), method: 'hash' } },
]

function of(type: string, ...texts: readonly string[]): readonly (readonly [type: string, sql: string])[] {
  return texts.map((text) => [type, text])
}

function column(name: string): IndexPart {
  return { expression: { kind: 'column', name } }
}

function computed(text: string): WrittenPart {
  return { sql: `(${text})`, part: { expression: { kind: 'sql', sql: text } } }
}

function part(sql: string, written: IndexPart): WrittenPart {
  return { sql, part: written }
}

type Two = readonly [real: string, declared: string]

function differing(kind: 'check' | 'predicate', ...twos: readonly Two[]): readonly Pair[] {
  return twos.map(([real, declared]) => ({ kind, real, declared }))
}

function typed(kind: 'default' | 'generated', type: string, ...twos: readonly Two[]): readonly Pair[] {
  return twos.map(([real, declared]) => ({ kind, type, real, declared }))
}
