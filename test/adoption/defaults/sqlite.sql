-- Every type that a field has and some that none has, with the defaults that people give them.
CREATE TABLE sample (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  truth BOOLEAN DEFAULT 1,
  untruth BOOLEAN NOT NULL DEFAULT FALSE,
  tiny TINYINT DEFAULT 3,
  whole INT DEFAULT -5,
  huge BIGINT DEFAULT 9007199254740993,
  price DECIMAL(10,2) NOT NULL DEFAULT 0,
  rate NUMERIC(10,2) DEFAULT 12.50,
  ratio REAL DEFAULT 1.5,
  day DATE DEFAULT '2020-01-02',
  today DATE DEFAULT CURRENT_DATE,
  at TIME DEFAULT '10:00:00',
  moment DATETIME DEFAULT '2020-01-02T03:04:05.120Z',
  moment_otherwise DATETIME DEFAULT '2020-01-02 03:04:05',
  made DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  made_precisely DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  word VARCHAR(20) DEFAULT 'it''s "so"\',
  nought NVARCHAR(20) DEFAULT '',
  none TEXT DEFAULT NULL,
  story TEXT COLLATE NOCASE DEFAULT ('once'),
  options JSON_TEXT DEFAULT '{"a":[1,null]}' CHECK (json_valid(options)),
  options_unchecked JSON_TEXT,
  bytes BLOB DEFAULT x'00ff',
  untyped DEFAULT 7,
  odd STRING DEFAULT 'x',
  computed INTEGER GENERATED ALWAYS AS (whole * 2) STORED,
  lazily INTEGER AS (whole + 1),
  grade VARCHAR(1) NOT NULL DEFAULT 'b' CONSTRAINT grades CHECK (grade IN ('a', 'b', 'c')),
  mood TEXT NOT NULL DEFAULT 'glad' CHECK (mood IN ('glad', 'sad')),
  level INTEGER NOT NULL DEFAULT 0 CHECK (level >= 0),
  CONSTRAINT tiny_enough CHECK (tiny < 1000 AND word <> 'x')
);
CREATE INDEX by_story ON sample (lower(story) DESC, word) WHERE tiny > 0;
CREATE UNIQUE INDEX once ON sample (word, tiny DESC);
INSERT INTO sample (id, huge) VALUES (1, 5);
