import type { Migration } from '../../src/history/migration.ts'
import { addField, createModel, f } from '../../src/migrations.ts'
import { migration } from '../history/migrations.ts'

const id = f.bigAuto({ primaryKey: true })

/** Makes the authors and books of a shop: every kind of object that has a generated name is among them. */
export const initial: Migration = migration('shop.0001_initial', [], {
  initial: true,
  operations: [
    createModel({
      name: 'Author',
      fields: { id, email: f.char({ maxLength: 80, unique: true }), name: f.char({ maxLength: 40, index: true }) },
    }),
    createModel({
      name: 'Book',
      fields: {
        id,
        title: f.char({ maxLength: 40 }),
        price: f.decimal({ maxDigits: 8, decimalPlaces: 2, default: 0 }),
        kind: f.char({ maxLength: 10, choices: ['paper', 'ebook'] }),
        author: f.foreignKey('shop.Author', { onDelete: 'cascade' }),
      },
    }),
  ],
})

/** What other hands made that is the same, under names of their own. */
export const byHand: Readonly<Record<string, string>> = {
  sqlite: `
CREATE TABLE shop_author (id integer PRIMARY KEY AUTOINCREMENT, email varchar(80) NOT NULL, name varchar(40) NOT NULL);
CREATE UNIQUE INDEX stranger_unique ON shop_author (email);
CREATE INDEX stranger_index ON shop_author (name);
CREATE TABLE shop_book (id integer PRIMARY KEY AUTOINCREMENT, title varchar(40) NOT NULL, price decimal(8, 2) NOT NULL DEFAULT 0,
  kind varchar(10) NOT NULL CONSTRAINT stranger_check CHECK (kind IN ('paper', 'ebook')),
  author_id bigint NOT NULL CONSTRAINT stranger_key REFERENCES shop_author (id) ON DELETE CASCADE);
CREATE INDEX stranger_key_index ON shop_book (author_id);`,
  postgres: `
CREATE TABLE shop_author (id bigserial PRIMARY KEY, email varchar(80) NOT NULL CONSTRAINT stranger_unique UNIQUE, name varchar(40) NOT NULL);
CREATE INDEX stranger_index ON shop_author (name);
CREATE TABLE shop_book (id bigserial PRIMARY KEY, title varchar(40) NOT NULL, price numeric(8,2) NOT NULL DEFAULT 0,
  kind varchar(10) NOT NULL CONSTRAINT stranger_check CHECK (kind IN ('paper', 'ebook')),
  author_id bigint NOT NULL CONSTRAINT stranger_key REFERENCES shop_author (id) ON DELETE CASCADE);
CREATE INDEX stranger_key_index ON shop_book (author_id);`,
  mariadb: `
CREATE TABLE shop_author (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, email varchar(80) NOT NULL, name varchar(40) NOT NULL,
  UNIQUE KEY stranger_unique (email), KEY stranger_index (name));
CREATE TABLE shop_book (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(40) NOT NULL, price decimal(8,2) NOT NULL DEFAULT 0,
  kind varchar(10) NOT NULL, author_id bigint NOT NULL, KEY stranger_key_index (author_id),
  CONSTRAINT stranger_check CHECK (kind IN ('paper', 'ebook')),
  CONSTRAINT stranger_key FOREIGN KEY (author_id) REFERENCES shop_author (id) ON DELETE CASCADE);`,
}

export const rows = `
INSERT INTO shop_author (id, email, name) VALUES (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob');
INSERT INTO shop_book (id, title, price, kind, author_id) VALUES (1, 'Engines', 12.50, 'paper', 1), (2, 'Notes', 3, 'ebook', 1), (3, 'Boats', 0, 'paper', 2);`

/** Two apps whose models point at each other, so that a first migration is in two pieces. */
export const cycle: readonly Migration[] = [
  migration('press.0001_initial', [], {
    initial: true,
    operations: [createModel({ name: 'House', fields: { id, name: f.char({ maxLength: 20 }) } })],
  }),
  migration('staff.0001_initial', ['press.0001_initial'], {
    initial: true,
    operations: [createModel({ name: 'Editor', fields: { id, house: f.foreignKey('press.House') } })],
  }),
  migration('press.0002_initial', ['press.0001_initial', 'staff.0001_initial'], {
    initial: true,
    operations: [addField({ model: 'House', name: 'chief', field: f.foreignKey('staff.Editor', { null: true }) })],
  }),
]
