-- a longer text
REMAKE shop_item: "sku" varchar(20) => "sku" varchar(30)
--> column shop_item.sku is varchar(30), and should be varchar(20)

-- a text of any length
REMAKE shop_maker: "country" varchar(2) => "country" text
--> column shop_maker.country is text, and should be varchar(2)

-- another whole number
REMAKE shop_item: "shelf" smallint => "shelf" bigint
--> column shop_item.shelf is bigint, and should be smallint

-- another precision
REMAKE shop_item: decimal(8, 2) => decimal(12, 4)
--> column shop_item.price is decimal(12, 4), and should be decimal(8, 2)

-- another scale
REMAKE shop_item: decimal(8, 2) => decimal(8, 3)
--> column shop_item.price is decimal(8, 3), and should be decimal(8, 2)

-- a text where a number was
REMAKE shop_item: "weight" double => "weight" text
--> column shop_item.weight is text, and should be double

-- a moment that is a text
REMAKE shop_item: "seen_at" datetime => "seen_at" text
--> column shop_item.seen_at is text, and should be datetime

-- a day that is a moment
REMAKE shop_item: "bought" date => "bought" datetime
--> column shop_item.bought is datetime, and should be date

-- a truth that is a number
REMAKE shop_item: "is_live" boolean => "is_live" integer
--> column shop_item.is_live is integer, and should be boolean

-- bytes that are a text
REMAKE shop_item: "photo" blob => "photo" text
--> column shop_item.photo is text, and should be blob

-- a document that is a text
REMAKE shop_item: "data" json_text => "data" text
--> column shop_item.data is text, and should be json_text

-- a column without a type
REMAKE shop_item: "note" text => "note"
--> column shop_item.note is without a type, and should be text

-- a type that says the same is no difference
REMAKE shop_item: "weight" double => "weight" REAL

-- a column that may be NULL
REMAKE shop_item: "stock" integer NOT NULL => "stock" integer
--> column shop_item.stock is nullable, and should be NOT NULL

-- a column that may not be NULL
REMAKE shop_item: "note" text => "note" text NOT NULL
--> column shop_item.note is NOT NULL, and should be nullable

-- another default
REMAKE shop_item: "stock" integer NOT NULL DEFAULT 0 => "stock" integer NOT NULL DEFAULT 5
--> column shop_item.stock has the default 5, and should have the default 0

-- no default
REMAKE shop_item: "is_live" boolean NOT NULL DEFAULT 1 => "is_live" boolean NOT NULL
--> column shop_item.is_live has no default, and should have the default 1

-- a default that nobody declared
REMAKE shop_item: "note" text => "note" text DEFAULT 'none'
--> column shop_item.note has the default 'none', and should have no default

-- another default that is computed
REMAKE shop_item: DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) => DEFAULT CURRENT_TIMESTAMP
--> column shop_item.seen_at has the default CURRENT_TIMESTAMP, and should have the default strftime('%Y-%m-%dT%H:%M:%fZ', 'now')

-- another default of a text
REMAKE shop_item: DEFAULT 'draft' => DEFAULT 'sold'
--> column shop_item.status has the default 'sold', and should have the default 'draft'

-- two things of one column
REMAKE shop_item: "sku" varchar(20) NOT NULL => "sku" varchar(30) DEFAULT 'x'
--> column shop_item.sku is varchar(30) and nullable and has the default 'x', and should be varchar(20) and NOT NULL and have no default

-- a missing column, and what goes with it
DROP INDEX shop_item_shelf_idx;
ALTER TABLE shop_item DROP COLUMN shelf;
--> column shop_item.shelf is missing: smallint, nullable
--> index shop_item_shelf_idx on shop_item is missing: over (shelf)

-- a missing column of no index
ALTER TABLE shop_item DROP COLUMN photo;
--> column shop_item.photo is missing: blob, nullable

-- an extra column
ALTER TABLE shop_item ADD COLUMN added_by text NOT NULL DEFAULT 'hand';
--> column shop_item.added_by should not be there: text, NOT NULL, the default 'hand'

-- an extra computed column
ALTER TABLE shop_item ADD COLUMN twice integer GENERATED ALWAYS AS (stock + stock) VIRTUAL;
--> column shop_item.twice should not be there: integer, nullable, computed as (stock + stock) when it is read

-- a renamed column
ALTER TABLE shop_tag RENAME COLUMN label TO name;
--> column shop_tag.label is missing: varchar(30), NOT NULL
--> column shop_tag.name should not be there: varchar(30), NOT NULL
--> unique shop_tag_label_uniq on shop_tag is over (name), and should be over (label)

-- another generated expression
REMAKE shop_item: ("stock" * 2) => ("stock" * 3)
--> column shop_item.worth is computed as ("stock" * 3) and stored, and should be computed as ("stock" * 2) and stored

-- a column that is computed when it is read
REMAKE shop_item: ("stock" * 2) STORED => ("stock" * 2) VIRTUAL
--> column shop_item.worth is computed as ("stock" * 2) when it is read, and should be computed as ("stock" * 2) and stored

-- a column that is generated no more
REMAKE shop_item: GENERATED ALWAYS AS ("stock" * 2) STORED => DEFAULT 0
--> column shop_item.worth is not computed and has the default 0, and should be computed as ("stock" * 2) and stored and have no default

-- a collation
REMAKE shop_maker: COLLATE "nocase" => COLLATE rtrim
--> column shop_maker.name has the collation rtrim, and should have the collation nocase

-- no collation
REMAKE shop_maker: COLLATE "nocase" => 
--> column shop_maker.name has the usual collation, and should have the collation nocase

-- a collation that nobody declared
REMAKE shop_item: "sku" varchar(20) => "sku" varchar(20) COLLATE nocase
--> column shop_item.sku has the collation nocase, and should have the usual collation

-- rows that nobody numbers
REMAKE shop_tag: PRIMARY KEY AUTOINCREMENT => PRIMARY KEY
--> column shop_tag.id is not numbered by the database, and should be numbered by the database

-- another value of an enum
REMAKE shop_item: ('food', 'toy') => ('food', 'toy', 'tool')
--> check shop_item_kind_enum_check on shop_item is ("kind" IN ('food', 'toy', 'tool')), and should be ("kind" IN ('food', 'toy'))

-- no enum
REMAKE shop_item: CONSTRAINT "shop_item_kind_enum_check" CHECK ("kind" IN ('food', 'toy')),  => 
--> check shop_item_kind_enum_check on shop_item is missing: ("kind" IN ('food', 'toy'))

-- a document that nobody looks at
REMAKE shop_item: CONSTRAINT "shop_item_data_json_check" CHECK (json_valid("data")),  => 
--> check shop_item_data_json_check on shop_item is missing: (json_valid("data"))

-- no primary key
REMAKE shop_price: PRIMARY KEY ("item_id", "day"),  => 
--> primary key of shop_price is missing: (item_id, day)

-- a primary key in another order
REMAKE shop_price: PRIMARY KEY ("item_id", "day") => PRIMARY KEY ("day", "item_id")
--> primary key of shop_price is (day, item_id), and should be (item_id, day)

-- a primary key over one column less
REMAKE shop_price: PRIMARY KEY ("item_id", "day") => PRIMARY KEY ("item_id")
--> primary key of shop_price is (item_id), and should be (item_id, day)

-- a missing index
DROP INDEX item_title;
--> index item_title on shop_item is missing: over (title, bought DESC)

-- an index in another order
DROP INDEX item_title;
CREATE INDEX item_title ON shop_item (bought DESC, title);
--> index item_title on shop_item is over (bought DESC, title), and should be over (title, bought DESC)

-- an index in another direction
DROP INDEX item_title;
CREATE INDEX item_title ON shop_item (title, bought);
--> index item_title on shop_item is over (title, bought), and should be over (title, bought DESC)

-- an index with another name
DROP INDEX item_title;
CREATE INDEX title_of_item ON shop_item (title, bought DESC);
--> index item_title on shop_item is called title_of_item, and should be called item_title

-- an index with another name and in another direction
DROP INDEX item_title;
CREATE INDEX title_of_item ON shop_item (title DESC, bought);
--> index item_title on shop_item is called title_of_item and over (title DESC, bought), and should be called item_title and over (title, bought DESC)

-- an index over one column more
DROP INDEX item_title;
CREATE INDEX item_title ON shop_item (title, bought DESC, stock);
--> index item_title on shop_item is over (title, bought DESC, stock), and should be over (title, bought DESC)

-- an index that is unique
DROP INDEX item_title;
CREATE UNIQUE INDEX item_title ON shop_item (title, bought DESC);
--> index item_title on shop_item is unique, and should not be unique

-- an extra index
CREATE INDEX by_weight ON shop_item (weight) WHERE weight > 1;
--> index by_weight on shop_item should not be there: over (weight), only where (weight > 1)

-- a missing index with a generated name
DROP INDEX shop_item_stock_title_idx;
--> index shop_item_stock_title_idx on shop_item is missing: over (stock, title)

-- an index with a generated name over other rows
DROP INDEX shop_item_stock_title_idx;
CREATE INDEX anything ON shop_item (stock, title) WHERE stock > 0;
--> index anything on shop_item is only where (stock > 0), and should be over all rows

-- another condition of an index
DROP INDEX item_live;
CREATE INDEX item_live ON shop_item (price) WHERE is_live = 0;
--> index item_live on shop_item is only where (is_live = 0), and should be only where ("is_live" = 1)

-- no condition of an index
DROP INDEX item_live;
CREATE INDEX item_live ON shop_item (price);
--> index item_live on shop_item is over all rows, and should be only where ("is_live" = 1)

-- another expression of an index
DROP INDEX item_lower;
CREATE INDEX item_lower ON shop_item (upper(title));
--> index item_lower on shop_item is over (upper(title)), and should be over (lower("title"))

-- an index with a collation of its own
DROP INDEX item_title;
CREATE INDEX item_title ON shop_item (title COLLATE nocase, bought DESC);
--> index item_title on shop_item is over (title COLLATE nocase, bought DESC), and should be over (title, bought DESC)

-- a missing unique
DROP INDEX shop_item_sku_uniq;
--> unique shop_item_sku_uniq on shop_item is missing: over (sku)

-- a unique that is an ordinary index
DROP INDEX item_title_per_maker;
CREATE INDEX item_title_per_maker ON shop_item (maker_id, title);
--> unique item_title_per_maker on shop_item is not unique, and should be unique

-- a unique over other columns
DROP INDEX item_title_per_maker;
CREATE UNIQUE INDEX item_title_per_maker ON shop_item (maker_id, sku);
--> unique item_title_per_maker on shop_item is over (maker_id, sku), and should be over (maker_id, title)

-- an extra unique
REMAKE shop_maker: DEFAULT 'se' => DEFAULT 'se' UNIQUE
--> unique (country) on shop_maker should not be there: over (country)

-- a unique with another name
DROP INDEX item_title_per_maker;
CREATE UNIQUE INDEX one_title ON shop_item (maker_id, title);
--> unique item_title_per_maker on shop_item is called one_title, and should be called item_title_per_maker

-- another condition of a unique
DROP INDEX item_code;
CREATE UNIQUE INDEX item_code ON shop_item (code) WHERE note IS NULL;
--> unique item_code on shop_item is only where (note IS NULL), and should be only where ("note" IS NOT NULL)

-- no condition of a unique
DROP INDEX item_code;
CREATE UNIQUE INDEX item_code ON shop_item (code);
--> unique item_code on shop_item is over all rows, and should be only where ("note" IS NOT NULL)

-- a missing check
REMAKE shop_item: CONSTRAINT "item_price" CHECK ("price" >= 0),  => 
--> check item_price on shop_item is missing: ("price" >= 0)

-- another text of a check
REMAKE shop_item: ("price" >= 0) => ("price" > 0)
--> check item_price on shop_item is ("price" > 0), and should be ("price" >= 0)

-- a check with another name
REMAKE shop_item: "item_price" => price_positive
--> check item_price on shop_item is called price_positive, and should be called item_price

-- a check that nobody named is no difference
REMAKE shop_item: CONSTRAINT "item_price" CHECK => CHECK

-- an extra check
REMAKE shop_item: CONSTRAINT "item_price" => CONSTRAINT short_note CHECK (length(note) < 100), CONSTRAINT "item_price"
--> check short_note on shop_item should not be there: (length(note) < 100)

-- an extra check without a name
REMAKE shop_item: CONSTRAINT "item_price" => CHECK (length(note) < 100), CONSTRAINT "item_price"
--> check (length(note) < 100) on shop_item should not be there: (length(note) < 100)

-- a choice more
REMAKE shop_item: ('draft', 'sold') => ('draft', 'sold', 'lost')
--> check shop_item_status_choices_check on shop_item is ("status" IN ('draft', 'sold', 'lost')), and should be ("status" IN ('draft', 'sold'))

-- a missing foreign key
REMAKE shop_price: , CONSTRAINT "shop_price_item_id_fk" FOREIGN KEY ("item_id") REFERENCES "shop_item" ("id") ON DELETE RESTRICT => 
--> foreign key shop_price_item_id_fk on shop_price is missing: over (item_id), to shop_item (id), ON DELETE RESTRICT

-- another action of a foreign key
REMAKE shop_item: ON DELETE CASCADE => ON DELETE RESTRICT
--> foreign key shop_item_maker_id_fk on shop_item has ON DELETE RESTRICT, and should have ON DELETE CASCADE

-- another action on update
REMAKE shop_item: ON DELETE CASCADE => ON DELETE CASCADE ON UPDATE CASCADE
--> foreign key shop_item_maker_id_fk on shop_item has ON UPDATE CASCADE, and should have ON UPDATE NO ACTION

-- another target of a foreign key
REMAKE shop_item: FOREIGN KEY ("maker_id") REFERENCES "shop_maker" => FOREIGN KEY ("maker_id") REFERENCES "shop_tag"
--> foreign key shop_item_maker_id_fk on shop_item refers to shop_tag (id), and should refer to shop_maker (id)

-- a foreign key that is checked at once
REMAKE shop_item:  DEFERRABLE INITIALLY DEFERRED => 
--> foreign key shop_item_rival_id_fk on shop_item is not deferrable, and should be deferrable and initially deferred

-- a foreign key that is checked later
REMAKE shop_item: ON DELETE CASCADE => ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
--> foreign key shop_item_maker_id_fk on shop_item is deferrable and initially deferred, and should not be deferrable

-- an extra foreign key
REMAKE shop_item: "note" text => "note" text REFERENCES shop_tag (label)
--> foreign key (note) on shop_item should not be there: over (note), to shop_tag (label)

-- a missing table
DROP TABLE shop_price;
--> table shop_price is missing

-- a missing join table
DROP TABLE shop_item_tags;
--> table shop_item_tags is missing

-- a renamed table
ALTER TABLE shop_price RENAME TO shop_prices;
--> table shop_price is missing

-- a trigger of a migration's SQL that is gone
DROP TRIGGER item_audit;
--> trigger item_audit on shop_item, which shop.0002_audit made, is gone

-- a trigger of a migration's SQL that is another
DROP TRIGGER item_audit;
CREATE TRIGGER item_audit AFTER DELETE ON shop_item BEGIN SELECT 1; END;
--> trigger item_audit on shop_item is not as shop.0002_audit made it

-- a view of a migration's SQL that is gone
DROP VIEW scarce;
--> view scarce, which shop.0002_audit made, is gone

-- a view of a migration's SQL that is another
DROP VIEW scarce;
CREATE VIEW scarce AS SELECT stock FROM shop_item WHERE stock < 5;
--> view scarce is not as shop.0002_audit made it

-- an index of a migration's SQL that is gone
DROP INDEX item_by_hand;
--> index item_by_hand on shop_item, which shop.0002_audit made, is gone

-- an index of a migration's SQL that is another
DROP INDEX item_by_hand;
CREATE INDEX item_by_hand ON shop_item (stock, bought);
--> index item_by_hand on shop_item is not as shop.0002_audit made it: index item_by_hand on shop_item is over (stock, bought), and should be over (bought, stock)

-- two tables at once
REMAKE shop_tag: varchar(30) => varchar(31)
REMAKE shop_item: "photo" blob => "photo" blob NOT NULL
--> column shop_item.photo is NOT NULL, and should be nullable
--> column shop_tag.label is varchar(31), and should be varchar(30)

-- names that were generated are free
REMAKE shop_item: "shop_item_maker_id_fk" => anything
REMAKE shop_item: "shop_item_status_choices_check" => some_check
DROP INDEX shop_item_sku_uniq;
CREATE UNIQUE INDEX one_sku ON shop_item (sku);
DROP INDEX shop_item_stock_title_idx;
CREATE INDEX some_index ON shop_item (stock, title);

-- what nobody declared is left alone
CREATE TABLE extra (id integer);
CREATE VIEW dear AS SELECT title FROM shop_item WHERE price > 10;
CREATE TRIGGER nobody AFTER DELETE ON shop_tag BEGIN SELECT 1; END;
