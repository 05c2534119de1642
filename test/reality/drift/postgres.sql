-- a longer text
ALTER TABLE shop_item ALTER sku TYPE varchar(30);
--> column shop_item.sku is character varying(30), and should be character varying(20)

-- a text of any length
ALTER TABLE shop_maker ALTER country TYPE text;
--> column shop_maker.country is text, and should be character varying(2)

-- another whole number
ALTER TABLE shop_item ALTER shelf TYPE bigint;
--> column shop_item.shelf is bigint, and should be smallint

-- another precision
ALTER TABLE shop_item ALTER price TYPE numeric(12,4);
--> column shop_item.price is numeric(12,4), and should be numeric(8,2)

-- another kind of type
ALTER TABLE shop_item ALTER note TYPE varchar(200);
--> column shop_item.note is character varying(200), and should be text

-- a moment without a time zone
ALTER TABLE shop_item ALTER seen_at TYPE timestamp;
--> column shop_item.seen_at is timestamp without time zone, and should be timestamp with time zone

-- a float of half the size
ALTER TABLE shop_item ALTER weight TYPE real;
--> column shop_item.weight is real, and should be double precision

-- a document that is no jsonb
DROP INDEX item_data;
ALTER TABLE shop_item ALTER data TYPE json;
--> column shop_item.data is json, and should be jsonb
--> index item_data on shop_item is missing: over (data), of the method gin

-- a list that is none
ALTER TABLE shop_item ALTER sizes TYPE text USING sizes::text;
--> column shop_item.sizes is text, and should be integer[]

-- a range of another kind
ALTER TABLE shop_item ALTER during TYPE tsrange USING NULL;
--> column shop_item.during is tsrange, and should be daterange

-- a column that may be NULL
ALTER TABLE shop_item ALTER stock DROP NOT NULL;
--> column shop_item.stock is nullable, and should be NOT NULL

-- a column that may not be NULL
ALTER TABLE shop_item ALTER note SET NOT NULL;
--> column shop_item.note is NOT NULL, and should be nullable

-- another default
ALTER TABLE shop_item ALTER stock SET DEFAULT 5;
--> column shop_item.stock has the default 5, and should have the default 0

-- no default
ALTER TABLE shop_item ALTER is_live DROP DEFAULT;
--> column shop_item.is_live has no default, and should have the default true

-- a default that nobody declared
ALTER TABLE shop_item ALTER note SET DEFAULT 'none';
--> column shop_item.note has the default 'none'::text, and should have no default

-- another default that is computed
ALTER TABLE shop_item ALTER seen_at SET DEFAULT now() + interval '1 day';
--> column shop_item.seen_at has the default (now() + '1 day'::interval), and should have the default now()

-- another default of a text
ALTER TABLE shop_item ALTER status SET DEFAULT 'sold';
--> column shop_item.status has the default 'sold'::character varying, and should have the default 'draft'::character varying

-- two things of one column
ALTER TABLE shop_item ALTER sku TYPE varchar(30), ALTER sku DROP NOT NULL, ALTER sku SET DEFAULT 'x';
--> column shop_item.sku is character varying(30) and nullable and has the default 'x'::character varying, and should be character varying(20) and NOT NULL and have no default

-- a missing column, and what goes with it
ALTER TABLE shop_item DROP COLUMN shelf;
--> column shop_item.shelf is missing: smallint, nullable
--> unique item_place on shop_item is missing: over (stock, shelf), deferrable and initially deferred
--> index shop_item_shelf_idx on shop_item is missing: over (shelf)

-- a missing column of no index
ALTER TABLE shop_item DROP COLUMN photo;
--> column shop_item.photo is missing: bytea, nullable

-- an extra column
ALTER TABLE shop_item ADD COLUMN added_by text NOT NULL DEFAULT 'hand';
--> column shop_item.added_by should not be there: text, NOT NULL, the default 'hand'::text

-- an extra column with a comment
ALTER TABLE shop_tag ADD COLUMN colour varchar(7);
COMMENT ON COLUMN shop_tag.colour IS 'It''s #rrggbb';
--> column shop_tag.colour should not be there: character varying(7), nullable, the comment 'It''s #rrggbb'

-- a renamed column
ALTER TABLE shop_tag RENAME COLUMN label TO name;
--> column shop_tag.label is missing: character varying(30), NOT NULL
--> column shop_tag.name should not be there: character varying(30), NOT NULL
--> unique shop_tag_label_uniq on shop_tag is over (name), and should be over (label)

-- another generated expression
ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth integer GENERATED ALWAYS AS (stock * 3) STORED;
--> column shop_item.worth is nullable and computed as (stock * 3) and stored, and should be NOT NULL and computed as (stock * 2) and stored

-- a column that is generated no more
ALTER TABLE shop_item ALTER worth DROP EXPRESSION;
--> column shop_item.worth is not computed, and should be computed as (stock * 2) and stored

-- a collation
ALTER TABLE shop_maker ALTER name TYPE varchar(60) COLLATE "POSIX";
--> column shop_maker.name has the collation POSIX, and should have the collation C

-- no collation
ALTER TABLE shop_maker ALTER name TYPE varchar(60) COLLATE "default";
--> column shop_maker.name has the usual collation, and should have the collation C

-- a collation that nobody declared
ALTER TABLE shop_item ALTER sku TYPE varchar(20) COLLATE "C";
--> column shop_item.sku has the collation C, and should have the usual collation

-- rows that nobody numbers
ALTER TABLE shop_tag ALTER id DROP IDENTITY;
--> column shop_tag.id is not numbered by the database, and should be numbered by the database

-- rows that are numbered by a serial
ALTER TABLE shop_price ALTER amount ADD GENERATED BY DEFAULT AS IDENTITY;
--> column shop_price.amount is numbered by the database, and should not be numbered by the database

-- a comment on a column that is another
COMMENT ON COLUMN shop_item.title IS 'As on the box';
--> column shop_item.title has the comment 'As on the box', and should have the comment 'As on the label'

-- a comment on a column that is gone
COMMENT ON COLUMN shop_item.title IS NULL;
--> column shop_item.title has no comment, and should have the comment 'As on the label'

-- a comment that nobody declared
COMMENT ON COLUMN shop_item.note IS 'By hand';
--> column shop_item.note has the comment 'By hand', and should have no comment

-- a comment on a table
COMMENT ON TABLE shop_item IS 'What was for sale';
--> table shop_item has the comment 'What was for sale', and should have the comment 'What is for sale'

-- another value of an enum
ALTER TYPE item_kind ADD VALUE 'tool';
--> enum type item_kind has the values 'food', 'toy', 'tool', and should have the values 'food', 'toy'

-- a renamed value of an enum
ALTER TYPE item_kind RENAME VALUE 'toy' TO 'game';
--> enum type item_kind has the values 'food', 'game', and should have the values 'food', 'toy'

-- a column of an enum that is a text
ALTER TABLE shop_item ALTER kind TYPE text;
--> column shop_item.kind is text, and should be item_kind

-- no primary key
ALTER TABLE shop_price DROP CONSTRAINT shop_price_pkey;
--> primary key of shop_price is missing: (item_id, day)

-- a primary key in another order
ALTER TABLE shop_price DROP CONSTRAINT shop_price_pkey, ADD PRIMARY KEY (day, item_id);
--> primary key of shop_price is (day, item_id), and should be (item_id, day)

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
ALTER INDEX item_title RENAME TO title_of_item;
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
--> index by_weight on shop_item should not be there: over (weight), only where (weight > (1)::double precision)

-- a missing index with a generated name
DROP INDEX shop_item_stock_title_idx;
--> index shop_item_stock_title_idx on shop_item is missing: over (stock, title)

-- an index with a generated name over other rows
DROP INDEX shop_item_stock_title_idx;
CREATE INDEX anything ON shop_item (stock, title) WHERE stock > 0;
--> index anything on shop_item is only where (stock > 0), and should be over all rows

-- another condition of an index
DROP INDEX item_live;
CREATE INDEX item_live ON shop_item (price) WHERE NOT is_live;
--> index item_live on shop_item is only where (NOT is_live), and should be only where (is_live = true)

-- no condition of an index
DROP INDEX item_live;
CREATE INDEX item_live ON shop_item (price);
--> index item_live on shop_item is over all rows, and should be only where (is_live = true)

-- another expression of an index
DROP INDEX item_lower;
CREATE INDEX item_lower ON shop_item (upper(title));
--> index item_lower on shop_item is over (upper((title)::text)), and should be over (lower((title)::text))

-- another method of an index
DROP INDEX item_title;
CREATE INDEX item_title ON shop_item USING brin (title, bought);
--> index item_title on shop_item is over (title, bought) and of the method brin, and should be over (title, bought DESC) and of the usual method

-- another operator class, and no columns beside
DROP INDEX item_sku_like;
CREATE INDEX item_sku_like ON shop_item (sku);
--> index item_sku_like on shop_item is over (sku) and has no columns beside its key, and should be over (sku text_pattern_ops) and have the columns (price) beside its key

-- other columns beside an index
DROP INDEX item_sku_like;
CREATE INDEX item_sku_like ON shop_item (sku text_pattern_ops) INCLUDE (stock);
--> index item_sku_like on shop_item has the columns (stock) beside its key, and should have the columns (price) beside its key

-- another order of NULLs
DROP INDEX item_weight;
CREATE INDEX item_weight ON shop_item (weight);
--> index item_weight on shop_item is over (weight), and should be over (weight NULLS FIRST)

-- an index with a collation of its own
DROP INDEX item_title;
CREATE INDEX item_title ON shop_item (title COLLATE "C", bought DESC);
--> index item_title on shop_item is over (title COLLATE C, bought DESC), and should be over (title, bought DESC)

-- a missing unique
ALTER TABLE shop_item DROP CONSTRAINT shop_item_sku_uniq;
--> unique shop_item_sku_uniq on shop_item is missing: over (sku)

-- a unique that is an ordinary index
ALTER TABLE shop_item DROP CONSTRAINT item_title_per_maker;
CREATE INDEX item_title_per_maker ON shop_item (maker_id, title);
--> unique item_title_per_maker on shop_item is not unique, and should be unique

-- a unique over other columns
ALTER TABLE shop_item DROP CONSTRAINT item_title_per_maker, ADD CONSTRAINT item_title_per_maker UNIQUE (maker_id, sku);
--> unique item_title_per_maker on shop_item is over (maker_id, sku), and should be over (maker_id, title)

-- an extra unique
ALTER TABLE shop_maker ADD CONSTRAINT one_name UNIQUE (name);
--> unique one_name on shop_maker should not be there: over (name)

-- a unique with another name
ALTER TABLE shop_item RENAME CONSTRAINT item_title_per_maker TO one_title;
--> unique item_title_per_maker on shop_item is called one_title, and should be called item_title_per_maker

-- a unique that is checked at once
ALTER TABLE shop_item DROP CONSTRAINT item_place, ADD CONSTRAINT item_place UNIQUE (stock, shelf);
--> unique item_place on shop_item is not deferrable, and should be deferrable and initially deferred

-- a unique that is deferred later
ALTER TABLE shop_item DROP CONSTRAINT item_place, ADD CONSTRAINT item_place UNIQUE (stock, shelf) DEFERRABLE;
--> unique item_place on shop_item is deferrable and initially immediate, and should be deferrable and initially deferred

-- NULLs that are distinct
ALTER TABLE shop_item DROP CONSTRAINT item_bought, ADD CONSTRAINT item_bought UNIQUE (bought, weight);
--> unique item_bought on shop_item has NULLS DISTINCT, and should have NULLS NOT DISTINCT

-- another condition of a unique
DROP INDEX item_code;
CREATE UNIQUE INDEX item_code ON shop_item (code) WHERE note IS NULL;
--> unique item_code on shop_item is only where (note IS NULL), and should be only where (note IS NOT NULL)

-- a missing check
ALTER TABLE shop_item DROP CONSTRAINT item_price;
--> check item_price on shop_item is missing: (price >= (0)::numeric)

-- another text of a check
ALTER TABLE shop_item DROP CONSTRAINT item_price, ADD CONSTRAINT item_price CHECK (price > 0);
--> check item_price on shop_item is (price > (0)::numeric), and should be (price >= (0)::numeric)

-- a check with another name
ALTER TABLE shop_item RENAME CONSTRAINT item_price TO price_positive;
--> check item_price on shop_item is called price_positive, and should be called item_price

-- an extra check
ALTER TABLE shop_item ADD CONSTRAINT short_note CHECK (length(note) < 100);
--> check short_note on shop_item should not be there: (length(note) < 100)

-- a check that was not validated
ALTER TABLE shop_item DROP CONSTRAINT item_price, ADD CONSTRAINT item_price CHECK (price >= 0) NOT VALID;
--> check item_price on shop_item is not validated, and should be validated

-- a choice more
ALTER TABLE shop_item DROP CONSTRAINT shop_item_status_choices_check, ADD CONSTRAINT shop_item_status_choices_check CHECK (status IN ('draft', 'sold', 'lost'));
--> check shop_item_status_choices_check on shop_item is ((status)::text = ANY ((ARRAY['draft'::character varying, 'sold'::character varying, 'lost'::character varying])::text[])), and should be ((status)::text = ANY ((ARRAY['draft'::character varying, 'sold'::character varying])::text[]))

-- a missing foreign key
ALTER TABLE shop_price DROP CONSTRAINT shop_price_item_id_fk;
--> foreign key shop_price_item_id_fk on shop_price is missing: over (item_id), to shop_item (id), ON DELETE RESTRICT

-- a foreign key that was not validated
ALTER TABLE shop_item DROP CONSTRAINT shop_item_maker_id_fk, ADD CONSTRAINT shop_item_maker_id_fk FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE NOT VALID;
--> foreign key shop_item_maker_id_fk on shop_item is not validated, and should be validated

-- another action of a foreign key
ALTER TABLE shop_item DROP CONSTRAINT shop_item_maker_id_fk, ADD FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE RESTRICT;
--> foreign key shop_item_maker_id_fkey on shop_item has ON DELETE RESTRICT, and should have ON DELETE CASCADE

-- another action on update
ALTER TABLE shop_item DROP CONSTRAINT shop_item_maker_id_fk, ADD FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE ON UPDATE CASCADE;
--> foreign key shop_item_maker_id_fkey on shop_item has ON UPDATE CASCADE, and should have ON UPDATE NO ACTION

-- another target of a foreign key
ALTER TABLE shop_item DROP CONSTRAINT shop_item_maker_id_fk, ADD CONSTRAINT shop_item_maker_id_fk FOREIGN KEY (maker_id) REFERENCES shop_tag (id) ON DELETE CASCADE;
--> foreign key shop_item_maker_id_fk on shop_item refers to shop_tag (id), and should refer to shop_maker (id)

-- a foreign key that is checked at once
ALTER TABLE shop_item DROP CONSTRAINT shop_item_rival_id_fk, ADD CONSTRAINT shop_item_rival_id_fk FOREIGN KEY (rival_id) REFERENCES shop_maker (id) ON DELETE SET NULL;
--> foreign key shop_item_rival_id_fk on shop_item is not deferrable, and should be deferrable and initially deferred

-- an extra foreign key
ALTER TABLE shop_item ADD CONSTRAINT shelf_of_maker FOREIGN KEY (stock) REFERENCES shop_maker (id);
--> foreign key shelf_of_maker on shop_item should not be there: over (stock), to shop_maker (id)

-- a missing exclusion
ALTER TABLE shop_item DROP CONSTRAINT item_during;
--> exclusion item_during on shop_item is missing: over (during WITH &&), only where (is_live = true)

-- another exclusion
ALTER TABLE shop_item DROP CONSTRAINT item_during, ADD CONSTRAINT item_during EXCLUDE USING gist (during WITH -|-);
--> exclusion item_during on shop_item is over (during WITH -|-) and over all rows, and should be over (during WITH &&) and only where (is_live = true)

-- an exclusion with another name
ALTER TABLE shop_item RENAME CONSTRAINT item_during TO no_overlap;
--> exclusion item_during on shop_item is called no_overlap, and should be called item_during

-- a missing table
DROP TABLE shop_price;
--> table shop_price is missing

-- a missing join table
DROP TABLE shop_item_tags;
--> table shop_item_tags is missing

-- a renamed table
ALTER TABLE shop_price RENAME TO shop_prices;
--> table shop_price is missing

-- a table of another schema that is gone
DROP TABLE audit.shop_log;
--> table audit.shop_log is missing

-- a column of a table of another schema
ALTER TABLE audit.shop_log ADD COLUMN at timestamptz;
--> column audit.shop_log.at should not be there: timestamp with time zone, nullable

-- a table in another schema
ALTER TABLE shop_price SET SCHEMA audit;
--> table shop_price is missing

-- a trigger of a migration's SQL that is gone
DROP TRIGGER item_audit ON shop_item;
--> trigger item_audit on shop_item, which shop.0002_audit made, is gone

-- a function of a migration's SQL that is another
CREATE OR REPLACE FUNCTION item_seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--> function item_seen() is not as shop.0002_audit made it

-- a view of a migration's SQL that is another
CREATE OR REPLACE VIEW scarce AS SELECT stock FROM shop_item WHERE stock < 5;
--> view scarce is not as shop.0002_audit made it

-- a view of a migration's SQL that is gone
DROP VIEW scarce;
--> view scarce, which shop.0002_audit made, is gone

-- an index of a migration's SQL that is gone
DROP INDEX item_by_hand;
--> index item_by_hand on shop_item, which shop.0002_audit made, is gone

-- an index of a migration's SQL that is another
DROP INDEX item_by_hand;
CREATE INDEX item_by_hand ON shop_item (stock, bought);
--> index item_by_hand on shop_item is not as shop.0002_audit made it: index item_by_hand on shop_item is over (stock, bought), and should be over (bought, stock)

-- two tables at once
ALTER TABLE shop_tag ALTER label TYPE varchar(31);
ALTER TABLE shop_item ALTER photo SET NOT NULL;
--> column shop_item.photo is NOT NULL, and should be nullable
--> column shop_tag.label is character varying(31), and should be character varying(30)

-- names that were generated are free
ALTER TABLE shop_item RENAME CONSTRAINT shop_item_maker_id_fk TO anything;
ALTER TABLE shop_item RENAME CONSTRAINT shop_item_sku_uniq TO one_sku;
ALTER INDEX shop_item_stock_title_idx RENAME TO some_index;
ALTER TABLE shop_item RENAME CONSTRAINT shop_item_status_choices_check TO some_check;
ALTER TABLE shop_price RENAME CONSTRAINT shop_price_pkey TO some_key;

-- what nobody declared is left alone
CREATE TABLE extra (id integer);
CREATE VIEW dear AS SELECT title FROM shop_item WHERE price > 10;
CREATE TYPE mood AS ENUM ('glad', 'sad');
