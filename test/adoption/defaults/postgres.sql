-- Every type that a field has and some that none has, with the defaults that people give them.
CREATE TYPE state AS ENUM ('draft', 'it''s sent');
CREATE TABLE sample (
  id bigserial PRIMARY KEY,
  truth boolean DEFAULT true,
  tiny smallint DEFAULT 3,
  whole integer DEFAULT -5,
  huge bigint DEFAULT 9007199254740993,
  price numeric(10,2) NOT NULL DEFAULT 0,
  rate numeric(10,2) DEFAULT 12.50,
  ratio double precision DEFAULT 1.5,
  day date DEFAULT '2020-01-02',
  today date DEFAULT CURRENT_DATE,
  at time DEFAULT '10:00:00',
  moment timestamptz DEFAULT '2020-01-02 03:04:05.12+00',
  made timestamptz NOT NULL DEFAULT now(),
  made_locally timestamp DEFAULT now(),
  word varchar(20) DEFAULT 'it''s "so"\',
  nought varchar(20) DEFAULT '',
  none varchar(20) DEFAULT NULL,
  story text DEFAULT 'once',
  key uuid DEFAULT gen_random_uuid(),
  fixed uuid DEFAULT '6f0e2a52-6b1c-4f0e-8f3b-0a4c1d2e3f40',
  condition state DEFAULT 'it''s sent',
  conditions state[] DEFAULT '{}',
  options jsonb DEFAULT '{"a": [1, null]}',
  bytes bytea DEFAULT '\x00ff',
  span interval DEFAULT '1 day 02:30',
  address inet DEFAULT '10.9.8.7',
  ages int4range DEFAULT '[18,99)',
  tags text[] DEFAULT ARRAY['a', 'b'],
  code char(2) DEFAULT 'xy',
  amount money DEFAULT 0,
  computed integer GENERATED ALWAYS AS (whole * 2) STORED,
  grade varchar(1) NOT NULL DEFAULT 'b' CONSTRAINT grades CHECK (grade IN ('a', 'b', 'c')),
  level integer NOT NULL DEFAULT 0 CHECK (level >= 0),
  step integer DEFAULT 1 CHECK (step IN (1, 2)),
  CONSTRAINT tiny_enough CHECK (tiny < 1000 AND word <> 'x'),
  CONSTRAINT ages_apart EXCLUDE USING gist (ages WITH &&)
);
CREATE INDEX by_story ON sample (lower(story) DESC, word text_pattern_ops) INCLUDE (tiny) WHERE tiny > 0;
CREATE INDEX by_sound ON sample (story COLLATE "C");
CREATE UNIQUE INDEX once ON sample (word, tiny DESC NULLS LAST);
COMMENT ON TABLE sample IS 'All that there is';
COMMENT ON COLUMN sample.word IS 'Not the last one';
INSERT INTO sample (id, ages, word) VALUES (1, '[1,2)', 'a'), (2, '[3,4)', 'b');
