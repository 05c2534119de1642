CREATE TABLE country (iso char(2) NOT NULL, region integer NOT NULL, name text, PRIMARY KEY (iso, region));
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL COLLATE NOCASE, born date, iso char(2), region integer, boss integer REFERENCES person (id), CHECK (length(name) > 0), FOREIGN KEY (iso, region) REFERENCES country (iso, region));
CREATE INDEX person_by_name ON person (lower(name), born DESC) WHERE born IS NOT NULL;
CREATE TABLE notes (person integer, note text);
CREATE VIEW bosses AS SELECT DISTINCT boss FROM person;
CREATE TRIGGER person_noted AFTER INSERT ON person BEGIN INSERT INTO notes VALUES (new.id, 'made'); END;
INSERT INTO country VALUES ('gb', 1, 'Britain');
INSERT INTO person (id, name, born, iso, region, boss) VALUES (1, 'Ada', '1815-12-10', 'gb', 1, NULL), (2, 'Bob', NULL, NULL, NULL, 1);
