-- a longer text
ALTER TABLE shop_item MODIFY sku varchar(30) NOT NULL;
--> column shop_item.sku is varchar(30), and should be varchar(20)
--< ALTER TABLE shop_item MODIFY sku varchar(20) NOT NULL

-- a text of any length
ALTER TABLE shop_item MODIFY photo longtext;
--> column shop_item.photo is longtext, and should be longblob
--< ALTER TABLE shop_item MODIFY photo longblob

-- another whole number
ALTER TABLE shop_item MODIFY shelf bigint;
--> column shop_item.shelf is bigint, and should be smallint
--< ALTER TABLE shop_item MODIFY shelf smallint

-- an unsigned number
ALTER TABLE shop_item MODIFY shelf smallint unsigned;
--> column shop_item.shelf is smallint unsigned, and should be smallint
--< ALTER TABLE shop_item MODIFY shelf smallint

-- a signed number
ALTER TABLE shop_price MODIFY amount int NOT NULL;
--> column shop_price.amount is int, and should be int unsigned
--< ALTER TABLE shop_price MODIFY amount int unsigned NOT NULL

-- another precision
ALTER TABLE shop_item MODIFY price decimal(12,4) NOT NULL DEFAULT 0;
--> column shop_item.price is decimal(12,4) and has the default 0.0000, and should be decimal(8,2) and have the default 0.00
--< ALTER TABLE shop_item MODIFY price decimal(8,2) NOT NULL DEFAULT 0

-- a shorter kind of text
ALTER TABLE shop_item MODIFY note mediumtext;
--> column shop_item.note is mediumtext, and should be longtext
--< ALTER TABLE shop_item MODIFY note longtext

-- a moment without microseconds
ALTER TABLE shop_item MODIFY seen_at datetime NOT NULL DEFAULT current_timestamp();
--> column shop_item.seen_at is datetime and has the default current_timestamp(), and should be datetime(6) and have the default current_timestamp(6)
--< ALTER TABLE shop_item MODIFY seen_at datetime(6) NOT NULL DEFAULT current_timestamp(6)

-- a float of half the size
ALTER TABLE shop_item MODIFY weight float;
--> column shop_item.weight is float, and should be double
--< ALTER TABLE shop_item MODIFY weight double

-- a document that is a text
ALTER TABLE shop_item MODIFY data longtext;
--> column shop_item.data is longtext, and should be json
--< ALTER TABLE shop_item MODIFY data json

-- a day that is a moment
ALTER TABLE shop_item MODIFY bought datetime(6);
--> column shop_item.bought is datetime(6), and should be date
--< ALTER TABLE shop_item MODIFY bought date

-- a wider truth
ALTER TABLE shop_item MODIFY is_live int NOT NULL DEFAULT 1;
--> column shop_item.is_live is int, and should be tinyint(1)
--< ALTER TABLE shop_item MODIFY is_live tinyint(1) NOT NULL DEFAULT 1

-- a column that may be NULL
ALTER TABLE shop_item MODIFY stock int DEFAULT 0;
--> column shop_item.stock is nullable, and should be NOT NULL
--< ALTER TABLE shop_item MODIFY stock int NOT NULL DEFAULT 0

-- a column that may not be NULL
ALTER TABLE shop_item MODIFY note longtext NOT NULL;
--> column shop_item.note is NOT NULL, and should be nullable
--< ALTER TABLE shop_item MODIFY note longtext

-- another default
ALTER TABLE shop_item ALTER stock SET DEFAULT 5;
--> column shop_item.stock has the default 5, and should have the default 0
--< ALTER TABLE shop_item ALTER stock SET DEFAULT 0

-- no default
ALTER TABLE shop_item ALTER is_live DROP DEFAULT;
--> column shop_item.is_live has no default, and should have the default 1
--< ALTER TABLE shop_item ALTER is_live SET DEFAULT 1

-- a default that nobody declared
ALTER TABLE shop_item ALTER weight SET DEFAULT 1.5;
--> column shop_item.weight has the default 1.5, and should have no default
--< ALTER TABLE shop_item MODIFY weight double

-- another default of a text
ALTER TABLE shop_item ALTER status SET DEFAULT 'sold';
--> column shop_item.status has the default 'sold', and should have the default 'draft'
--< ALTER TABLE shop_item ALTER status SET DEFAULT 'draft'

-- another default that is computed
ALTER TABLE shop_item ALTER code SET DEFAULT '00000000-0000-4000-8000-000000000000';
--> column shop_item.code has the default '00000000-0000-4000-8000-000000000000', and should have the default lcase(concat(hex(random_bytes(4)),'-',hex(random_bytes(2)),'-4',substr(hex(random_bytes(2)),2),'-',substr('89ab',1 + (ord(random_bytes(1)) & 3),1),substr(hex(random_bytes(2)),2),'-',hex(random_bytes(6))))
--< ALTER TABLE shop_item ALTER code SET DEFAULT (lcase(concat(hex(random_bytes(4)),'-',hex(random_bytes(2)),'-4',substr(hex(random_bytes(2)),2),'-',substr('89ab',1 + (ord(random_bytes(1)) & 3),1),substr(hex(random_bytes(2)),2),'-',hex(random_bytes(6)))))

-- a moment that follows every update
ALTER TABLE shop_item MODIFY seen_at datetime(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6);
--> column shop_item.seen_at has the default current_timestamp(6) ON UPDATE current_timestamp(6), and should have the default current_timestamp(6)
--< ALTER TABLE shop_item MODIFY seen_at datetime(6) NOT NULL DEFAULT current_timestamp(6)

-- three things of one column
ALTER TABLE shop_item MODIFY sku varchar(30) DEFAULT 'x';
--> column shop_item.sku is varchar(30) and nullable and has the default 'x', and should be varchar(20) and NOT NULL and have no default
--< ALTER TABLE shop_item MODIFY sku varchar(20) NOT NULL

-- a missing column, and what goes with it
ALTER TABLE shop_item DROP COLUMN shelf;
--> column shop_item.shelf is missing: smallint, nullable
--> index shop_item_shelf_idx on shop_item is missing: over (shelf)
--< ALTER TABLE shop_item ADD COLUMN shelf smallint AFTER stock, ADD INDEX shop_item_shelf_idx (shelf)

-- a missing column of no index
ALTER TABLE shop_item DROP COLUMN photo;
--> column shop_item.photo is missing: longblob, nullable
--< ALTER TABLE shop_item ADD COLUMN photo longblob

-- an extra column
ALTER TABLE shop_item ADD COLUMN added_by varchar(9) NOT NULL DEFAULT 'hand' COMMENT 'It''s new';
--> column shop_item.added_by should not be there: varchar(9), NOT NULL, the default 'hand', the comment 'It''s new'
--< ALTER TABLE shop_item DROP COLUMN added_by

-- a renamed column
ALTER TABLE shop_tag RENAME COLUMN label TO name;
--> column shop_tag.label is missing: varchar(30), NOT NULL
--> column shop_tag.name should not be there: varchar(30), NOT NULL
--> unique shop_tag_label_uniq on shop_tag is over (name), and should be over (label)
--< ALTER TABLE shop_tag RENAME COLUMN name TO label

-- a column that is not shown
ALTER TABLE shop_item MODIFY weight double INVISIBLE;
--> column shop_item.weight is double INVISIBLE, and should be double
--< ALTER TABLE shop_item MODIFY weight double

-- another generated expression
ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth int GENERATED ALWAYS AS (stock * 3) STORED;
--> column shop_item.worth is computed as (`stock` * 3) and stored, and should be computed as (`stock` * 2) and stored
--< ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth int GENERATED ALWAYS AS (stock * 2) STORED

-- a column that is computed when it is read
ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth int GENERATED ALWAYS AS (stock * 2) VIRTUAL;
--> column shop_item.worth is computed as (`stock` * 2) when it is read, and should be computed as (`stock` * 2) and stored
--< ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth int GENERATED ALWAYS AS (stock * 2) STORED

-- a column that is generated no more
ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth int;
--> column shop_item.worth is not computed, and should be computed as (`stock` * 2) and stored
--< ALTER TABLE shop_item DROP COLUMN worth, ADD COLUMN worth int GENERATED ALWAYS AS (stock * 2) STORED

-- a collation
ALTER TABLE shop_maker MODIFY name varchar(60) COLLATE utf8mb4_unicode_ci NOT NULL;
--> column shop_maker.name has the collation utf8mb4_unicode_ci, and should have the collation utf8mb4_general_ci
--< ALTER TABLE shop_maker MODIFY name varchar(60) COLLATE utf8mb4_general_ci NOT NULL

-- no collation
ALTER TABLE shop_maker MODIFY name varchar(60) COLLATE utf8mb4_nopad_bin NOT NULL;
--> column shop_maker.name has the usual collation, and should have the collation utf8mb4_general_ci
--< ALTER TABLE shop_maker MODIFY name varchar(60) COLLATE utf8mb4_general_ci NOT NULL

-- a collation that nobody declared
ALTER TABLE shop_item MODIFY sku varchar(20) COLLATE utf8mb4_general_ci NOT NULL;
--> column shop_item.sku has the collation utf8mb4_general_ci, and should have the usual collation
--< ALTER TABLE shop_item MODIFY sku varchar(20) COLLATE utf8mb4_nopad_bin NOT NULL

-- another set of characters
ALTER TABLE shop_item MODIFY sku varchar(20) CHARACTER SET latin1 NOT NULL;
--> column shop_item.sku has the collation latin1_swedish_ci, and should have the usual collation
--< ALTER TABLE shop_item MODIFY sku varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL

-- rows that nobody numbers
SET foreign_key_checks = 0;
ALTER TABLE shop_tag MODIFY id bigint NOT NULL;
--> column shop_tag.id is not numbered by the database, and should be numbered by the database
--< SET foreign_key_checks = 0; ALTER TABLE shop_tag MODIFY id bigint NOT NULL AUTO_INCREMENT

-- a comment on a column that is another
ALTER TABLE shop_item MODIFY title varchar(40) NOT NULL COMMENT 'As on the box';
--> column shop_item.title has the comment 'As on the box', and should have the comment 'As on the label'
--< ALTER TABLE shop_item MODIFY title varchar(40) NOT NULL COMMENT 'As on the label'

-- a comment on a column that is gone
ALTER TABLE shop_item MODIFY title varchar(40) NOT NULL;
--> column shop_item.title has no comment, and should have the comment 'As on the label'
--< ALTER TABLE shop_item MODIFY title varchar(40) NOT NULL COMMENT 'As on the label'

-- a comment that nobody declared
ALTER TABLE shop_item MODIFY note longtext COMMENT 'By hand';
--> column shop_item.note has the comment 'By hand', and should have no comment
--< ALTER TABLE shop_item MODIFY note longtext

-- a comment on a table
ALTER TABLE shop_item COMMENT 'What was for sale';
--> table shop_item has the comment 'What was for sale', and should have the comment 'What is for sale'
--< ALTER TABLE shop_item COMMENT 'What is for sale'

-- no comment on a table
ALTER TABLE shop_item COMMENT '';
--> table shop_item has no comment, and should have the comment 'What is for sale'
--< ALTER TABLE shop_item COMMENT 'What is for sale'

-- another value of an enum
ALTER TABLE shop_item MODIFY kind enum('food','toy','tool') NOT NULL;
--> column shop_item.kind is enum('food','toy','tool'), and should be enum('food','toy')
--< ALTER TABLE shop_item MODIFY kind enum('food','toy') NOT NULL

-- an enum that is a text
ALTER TABLE shop_item MODIFY kind varchar(9) NOT NULL;
--> column shop_item.kind is varchar(9), and should be enum('food','toy')
--< ALTER TABLE shop_item MODIFY kind enum('food','toy') NOT NULL

-- no primary key
ALTER TABLE shop_price DROP PRIMARY KEY, ADD INDEX shop_price_item_id_fk (item_id);
--> primary key of shop_price is missing: (item_id, day)
--> index shop_price_item_id_fk on shop_price should not be there: over (item_id)
--< ALTER TABLE shop_price ADD PRIMARY KEY (item_id, day), DROP INDEX shop_price_item_id_fk

-- a primary key in another order
ALTER TABLE shop_price DROP PRIMARY KEY, ADD PRIMARY KEY (day, item_id), ADD INDEX shop_price_item_id_fk (item_id);
--> primary key of shop_price is (day, item_id), and should be (item_id, day)
--> index shop_price_item_id_fk on shop_price should not be there: over (item_id)
--< ALTER TABLE shop_price DROP PRIMARY KEY, ADD PRIMARY KEY (item_id, day), DROP INDEX shop_price_item_id_fk

-- a missing index
DROP INDEX item_title ON shop_item;
--> index item_title on shop_item is missing: over (title, bought DESC)
--< CREATE INDEX item_title ON shop_item (title, bought DESC)

-- an index in another order
ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (bought DESC, title);
--> index item_title on shop_item is over (bought DESC, title), and should be over (title, bought DESC)
--< ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC)

-- an index in another direction
ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought);
--> index item_title on shop_item is over (title, bought), and should be over (title, bought DESC)
--< ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC)

-- an index with another name
ALTER TABLE shop_item RENAME INDEX item_title TO title_of_item;
--> index item_title on shop_item is called title_of_item, and should be called item_title
--< ALTER TABLE shop_item RENAME INDEX title_of_item TO item_title

-- an index with another name and in another direction
ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX title_of_item (title DESC, bought);
--> index item_title on shop_item is called title_of_item and over (title DESC, bought), and should be called item_title and over (title, bought DESC)
--< ALTER TABLE shop_item DROP INDEX title_of_item, ADD INDEX item_title (title, bought DESC)

-- an index over one column more
ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC, stock);
--> index item_title on shop_item is over (title, bought DESC, stock), and should be over (title, bought DESC)
--< ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC)

-- an index that is unique
ALTER TABLE shop_item DROP INDEX item_title, ADD UNIQUE INDEX item_title (title, bought DESC);
--> index item_title on shop_item is unique, and should not be unique
--< ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC)

-- an index for whole texts
ALTER TABLE shop_item DROP INDEX item_title, ADD FULLTEXT INDEX item_title (title);
--> index item_title on shop_item is over (title) and of the method fulltext, and should be over (title, bought DESC) and of the usual method
--< ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC)

-- an extra index
CREATE INDEX by_weight ON shop_item (weight);
--> index by_weight on shop_item should not be there: over (weight)
--< DROP INDEX by_weight ON shop_item

-- a missing index with a generated name
DROP INDEX shop_item_stock_title_idx ON shop_item;
--> index shop_item_stock_title_idx on shop_item is missing: over (stock, title)
--< CREATE INDEX shop_item_stock_title_idx ON shop_item (stock, title)

-- an index with a generated name in another direction
ALTER TABLE shop_item DROP INDEX shop_item_stock_title_idx, ADD INDEX anything (stock DESC, title);
--> index anything on shop_item is over (stock DESC, title), and should be over (stock, title)
--< ALTER TABLE shop_item DROP INDEX anything, ADD INDEX shop_item_stock_title_idx (stock, title)

-- an index over more of a text
ALTER TABLE shop_item DROP INDEX item_note, ADD INDEX item_note (note(30));
--> index item_note on shop_item is over (note(30)), and should be over (note(20))
--< ALTER TABLE shop_item DROP INDEX item_note, ADD INDEX item_note (note(20))

-- an index over less of a text
ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title(10), bought DESC);
--> index item_title on shop_item is over (title(10), bought DESC), and should be over (title, bought DESC)
--< ALTER TABLE shop_item DROP INDEX item_title, ADD INDEX item_title (title, bought DESC)

-- a missing unique
DROP INDEX shop_item_sku_uniq ON shop_item;
--> unique shop_item_sku_uniq on shop_item is missing: over (sku)
--< CREATE UNIQUE INDEX shop_item_sku_uniq ON shop_item (sku)

-- a unique that is an ordinary index
ALTER TABLE shop_item DROP INDEX item_title_per_maker, ADD INDEX item_title_per_maker (maker_id, title);
--> unique item_title_per_maker on shop_item is not unique, and should be unique
--< ALTER TABLE shop_item DROP INDEX item_title_per_maker, ADD UNIQUE INDEX item_title_per_maker (maker_id, title)

-- a unique over other columns
ALTER TABLE shop_item DROP INDEX item_title_per_maker, ADD UNIQUE INDEX item_title_per_maker (maker_id, sku);
--> unique item_title_per_maker on shop_item is over (maker_id, sku), and should be over (maker_id, title)
--< ALTER TABLE shop_item DROP INDEX item_title_per_maker, ADD UNIQUE INDEX item_title_per_maker (maker_id, title)

-- an extra unique
CREATE UNIQUE INDEX one_name ON shop_maker (name);
--> unique one_name on shop_maker should not be there: over (name)
--< DROP INDEX one_name ON shop_maker

-- a unique with another name
ALTER TABLE shop_item RENAME INDEX item_title_per_maker TO one_title;
--> unique item_title_per_maker on shop_item is called one_title, and should be called item_title_per_maker
--< ALTER TABLE shop_item RENAME INDEX one_title TO item_title_per_maker

-- a missing check
ALTER TABLE shop_item DROP CONSTRAINT item_price;
--> check item_price on shop_item is missing: (`price` >= 0)
--< ALTER TABLE shop_item ADD CONSTRAINT item_price CHECK (price >= 0)

-- another text of a check
ALTER TABLE shop_item DROP CONSTRAINT item_price, ADD CONSTRAINT item_price CHECK (price > 0);
--> check item_price on shop_item is (`price` > 0), and should be (`price` >= 0)
--< ALTER TABLE shop_item DROP CONSTRAINT item_price, ADD CONSTRAINT item_price CHECK (price >= 0)

-- a check with another name
ALTER TABLE shop_item DROP CONSTRAINT item_price, ADD CONSTRAINT price_positive CHECK (price >= 0);
--> check item_price on shop_item is called price_positive, and should be called item_price
--< ALTER TABLE shop_item DROP CONSTRAINT price_positive, ADD CONSTRAINT item_price CHECK (price >= 0)

-- an extra check
ALTER TABLE shop_item ADD CONSTRAINT short_note CHECK (length(note) < 100);
--> check short_note on shop_item should not be there: (octet_length(`note`) < 100)
--< ALTER TABLE shop_item DROP CONSTRAINT short_note

-- an extra check of a column
ALTER TABLE shop_item MODIFY weight double CHECK (weight > 0);
--> check (`weight` > 0) on shop_item should not be there: (`weight` > 0)
--< ALTER TABLE shop_item MODIFY weight double

-- a choice more
ALTER TABLE shop_item DROP CONSTRAINT shop_item_status_choices_check, ADD CONSTRAINT shop_item_status_choices_check CHECK (status IN ('draft', 'sold', 'lost'));
--> check shop_item_status_choices_check on shop_item is (`status` in ('draft','sold','lost')), and should be (`status` in ('draft','sold'))
--< ALTER TABLE shop_item DROP CONSTRAINT shop_item_status_choices_check, ADD CONSTRAINT shop_item_status_choices_check CHECK (status IN ('draft', 'sold'))

-- a missing foreign key
ALTER TABLE shop_price DROP FOREIGN KEY shop_price_item_id_fk;
--> foreign key shop_price_item_id_fk on shop_price is missing: over (item_id), to shop_item (id), ON DELETE RESTRICT
--< ALTER TABLE shop_price ADD CONSTRAINT shop_price_item_id_fk FOREIGN KEY (item_id) REFERENCES shop_item (id) ON DELETE RESTRICT

-- another action of a foreign key
ALTER TABLE shop_item DROP FOREIGN KEY shop_item_maker_id_fk, ADD CONSTRAINT maker_of_item FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE RESTRICT;
--> foreign key maker_of_item on shop_item has ON DELETE RESTRICT, and should have ON DELETE CASCADE
--< ALTER TABLE shop_item DROP FOREIGN KEY maker_of_item, ADD CONSTRAINT shop_item_maker_id_fk FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE

-- another action on update
ALTER TABLE shop_item DROP FOREIGN KEY shop_item_maker_id_fk, ADD CONSTRAINT maker_of_item FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE ON UPDATE CASCADE;
--> foreign key maker_of_item on shop_item has ON UPDATE CASCADE, and should have ON UPDATE NO ACTION
--< ALTER TABLE shop_item DROP FOREIGN KEY maker_of_item, ADD CONSTRAINT shop_item_maker_id_fk FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE

-- another target of a foreign key
ALTER TABLE shop_item DROP FOREIGN KEY shop_item_maker_id_fk, ADD CONSTRAINT tag_of_item FOREIGN KEY (maker_id) REFERENCES shop_tag (id) ON DELETE CASCADE;
--> foreign key tag_of_item on shop_item refers to shop_tag (id), and should refer to shop_maker (id)
--< ALTER TABLE shop_item DROP FOREIGN KEY tag_of_item, ADD CONSTRAINT shop_item_maker_id_fk FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE

-- an extra foreign key, and the index that the server makes for it
ALTER TABLE shop_item ADD COLUMN tag_id bigint, ADD CONSTRAINT tag_of_item FOREIGN KEY (tag_id) REFERENCES shop_tag (id);
--> column shop_item.tag_id should not be there: bigint, nullable
--> index tag_of_item on shop_item should not be there: over (tag_id)
--> foreign key tag_of_item on shop_item should not be there: over (tag_id), to shop_tag (id), ON DELETE RESTRICT
--< ALTER TABLE shop_item DROP FOREIGN KEY tag_of_item, DROP COLUMN tag_id

-- a missing table
DROP TABLE shop_price;
--> table shop_price is missing
--< CREATE TABLE shop_price (item_id bigint NOT NULL, day date NOT NULL, amount int unsigned NOT NULL, PRIMARY KEY (item_id, day), CONSTRAINT shop_price_item_id_fk FOREIGN KEY (item_id) REFERENCES shop_item (id) ON DELETE RESTRICT)

-- a missing join table
RENAME TABLE shop_item_tags TO item_tags;
--> table shop_item_tags is missing
--< RENAME TABLE item_tags TO shop_item_tags

-- a trigger of a migration's SQL that is gone
DROP TRIGGER item_audit;
--> trigger item_audit on shop_item, which shop.0002_audit made, is gone
--< CREATE TRIGGER item_audit BEFORE UPDATE ON shop_item FOR EACH ROW SET NEW.note = 'seen'

-- a trigger of a migration's SQL that is another
CREATE OR REPLACE TRIGGER item_audit BEFORE UPDATE ON shop_item FOR EACH ROW SET NEW.note = 'unseen';
--> trigger item_audit on shop_item is not as shop.0002_audit made it
--< CREATE OR REPLACE TRIGGER item_audit BEFORE UPDATE ON shop_item FOR EACH ROW SET NEW.note = 'seen'

-- a view of a migration's SQL that is another
CREATE OR REPLACE VIEW scarce AS SELECT stock FROM shop_item WHERE stock < 5;
--> view scarce is not as shop.0002_audit made it
--< CREATE OR REPLACE VIEW scarce AS SELECT stock FROM shop_item WHERE stock < 10

-- a view of a migration's SQL that is gone
DROP VIEW scarce;
--> view scarce, which shop.0002_audit made, is gone
--< CREATE VIEW scarce AS SELECT stock FROM shop_item WHERE stock < 10

-- an index of a migration's SQL that is gone
DROP INDEX item_by_hand ON shop_item;
--> index item_by_hand on shop_item, which shop.0002_audit made, is gone
--< CREATE INDEX item_by_hand ON shop_item (bought, stock)

-- an index of a migration's SQL that is another
ALTER TABLE shop_item DROP INDEX item_by_hand, ADD INDEX item_by_hand (stock, bought);
--> index item_by_hand on shop_item is not as shop.0002_audit made it: index item_by_hand on shop_item is over (stock, bought), and should be over (bought, stock)
--< ALTER TABLE shop_item DROP INDEX item_by_hand, ADD INDEX item_by_hand (bought, stock)

-- two tables at once
ALTER TABLE shop_tag MODIFY label varchar(31) NOT NULL;
ALTER TABLE shop_item MODIFY photo longblob NOT NULL;
--> column shop_item.photo is NOT NULL, and should be nullable
--> column shop_tag.label is varchar(31), and should be varchar(30)
--< ALTER TABLE shop_tag MODIFY label varchar(30) NOT NULL
--< ALTER TABLE shop_item MODIFY photo longblob

-- names that were generated are free
ALTER TABLE shop_item RENAME INDEX shop_item_stock_title_idx TO some_index, RENAME INDEX shop_item_sku_uniq TO one_sku;
ALTER TABLE shop_item DROP FOREIGN KEY shop_item_maker_id_fk, ADD CONSTRAINT anything FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE;
--< ALTER TABLE shop_item RENAME INDEX some_index TO shop_item_stock_title_idx, RENAME INDEX one_sku TO shop_item_sku_uniq
--< ALTER TABLE shop_item DROP FOREIGN KEY anything, ADD CONSTRAINT shop_item_maker_id_fk FOREIGN KEY (maker_id) REFERENCES shop_maker (id) ON DELETE CASCADE

-- what nobody declared is left alone
CREATE TABLE extra (id int);
CREATE VIEW dear AS SELECT title FROM shop_item WHERE price > 10;
--< DROP TABLE extra
--< DROP VIEW dear
