CREATE TABLE country (iso char(2) NOT NULL, region integer NOT NULL, name text, PRIMARY KEY (iso, region)) COMMENT 'ISO 3166';
CREATE TABLE person (id integer AUTO_INCREMENT PRIMARY KEY, name varchar(60) COLLATE utf8mb4_bin NOT NULL, born date, iso char(2), region integer, boss integer, CHECK (length(name) > 0), FOREIGN KEY (boss) REFERENCES person (id), FOREIGN KEY (iso, region) REFERENCES country (iso, region), KEY person_by_name (name(10), born));
CREATE TABLE notes (person integer, note text);
CREATE VIEW bosses AS SELECT DISTINCT boss FROM person;
CREATE TRIGGER person_noted AFTER INSERT ON person FOR EACH ROW INSERT INTO notes VALUES (NEW.id, 'made');
INSERT INTO country VALUES ('gb', 1, 'Britain');
INSERT INTO person (name, born, iso, region, boss) VALUES ('Ada', '1815-12-10', 'gb', 1, NULL), ('Bob', NULL, NULL, NULL, 1);
