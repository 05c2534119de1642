-- Pagila (github.com/devrimgunduz/pagila), Sakila for PostgreSQL: its tables, types, views and triggers as they are described, with rows of our own.
CREATE TYPE mpaa_rating AS ENUM ('G', 'PG', 'PG-13', 'R', 'NC-17');
CREATE DOMAIN year AS integer CONSTRAINT year_check CHECK (VALUE >= 1901 AND VALUE <= 2155);
CREATE FUNCTION last_updated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.last_update = CURRENT_TIMESTAMP; RETURN NEW; END $$;
CREATE FUNCTION _group_concat(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce($1 || ', ' || $2, $2, $1) $$;
CREATE AGGREGATE group_concat(text) (SFUNC = _group_concat, STYPE = text);
CREATE SEQUENCE customer_customer_id_seq;
CREATE TABLE customer (
  customer_id integer DEFAULT nextval('customer_customer_id_seq'::regclass) NOT NULL,
  store_id integer NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text,
  address_id integer NOT NULL,
  activebool boolean DEFAULT true NOT NULL,
  create_date date DEFAULT CURRENT_DATE NOT NULL,
  last_update timestamp with time zone DEFAULT now(),
  active integer,
  CONSTRAINT customer_pkey PRIMARY KEY (customer_id)
);
CREATE TABLE actor (
  actor_id serial PRIMARY KEY,
  first_name text NOT NULL,
  last_name text NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE category (category_id serial PRIMARY KEY, name text NOT NULL, last_update timestamp with time zone DEFAULT now() NOT NULL);
CREATE TABLE language (language_id serial PRIMARY KEY, name character(20) NOT NULL, last_update timestamp with time zone DEFAULT now() NOT NULL);
CREATE TABLE film (
  film_id serial PRIMARY KEY,
  title text NOT NULL,
  description text,
  release_year year,
  language_id integer NOT NULL,
  original_language_id integer,
  rental_duration smallint DEFAULT 3 NOT NULL,
  rental_rate numeric(4,2) DEFAULT 4.99 NOT NULL,
  length smallint,
  replacement_cost numeric(5,2) DEFAULT 19.99 NOT NULL,
  rating mpaa_rating DEFAULT 'G'::mpaa_rating,
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  special_features text[],
  fulltext tsvector NOT NULL
);
CREATE TABLE film_actor (
  actor_id integer NOT NULL,
  film_id integer NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT film_actor_pkey PRIMARY KEY (actor_id, film_id)
);
CREATE TABLE film_category (
  film_id integer NOT NULL,
  category_id integer NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT film_category_pkey PRIMARY KEY (film_id, category_id)
);
CREATE TABLE country (country_id serial PRIMARY KEY, country text NOT NULL, last_update timestamp with time zone DEFAULT now() NOT NULL);
CREATE TABLE city (
  city_id serial PRIMARY KEY,
  city text NOT NULL,
  country_id integer NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE address (
  address_id serial PRIMARY KEY,
  address text NOT NULL,
  address2 text,
  district text NOT NULL,
  city_id integer NOT NULL,
  postal_code text,
  phone text NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE inventory (
  inventory_id serial PRIMARY KEY,
  film_id integer NOT NULL,
  store_id integer NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE store (
  store_id serial PRIMARY KEY,
  manager_staff_id integer NOT NULL,
  address_id integer NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE staff (
  staff_id serial PRIMARY KEY,
  first_name text NOT NULL,
  last_name text NOT NULL,
  address_id integer NOT NULL,
  email text,
  store_id integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  username text NOT NULL,
  password text,
  last_update timestamp with time zone DEFAULT now() NOT NULL,
  picture bytea
);
CREATE TABLE rental (
  rental_id serial PRIMARY KEY,
  rental_date timestamp with time zone NOT NULL,
  inventory_id integer NOT NULL,
  customer_id integer NOT NULL,
  return_date timestamp with time zone,
  staff_id integer NOT NULL,
  last_update timestamp with time zone DEFAULT now() NOT NULL
);
CREATE SEQUENCE payment_payment_id_seq;
CREATE TABLE payment (
  payment_id integer DEFAULT nextval('payment_payment_id_seq'::regclass) NOT NULL,
  customer_id integer NOT NULL,
  staff_id integer NOT NULL,
  rental_id integer NOT NULL,
  amount numeric(5,2) NOT NULL,
  payment_date timestamp with time zone NOT NULL,
  PRIMARY KEY (payment_date, payment_id)
) PARTITION BY RANGE (payment_date);
CREATE TABLE payment_p2022_01 PARTITION OF payment FOR VALUES FROM ('2022-01-01 00:00:00+00') TO ('2022-02-01 00:00:00+00');
CREATE TABLE payment_p2022_02 PARTITION OF payment FOR VALUES FROM ('2022-02-01 00:00:00+00') TO ('2022-03-01 00:00:00+00');
ALTER TABLE customer ADD CONSTRAINT customer_address_id_fkey FOREIGN KEY (address_id) REFERENCES address (address_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE customer ADD CONSTRAINT customer_store_id_fkey FOREIGN KEY (store_id) REFERENCES store (store_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE address ADD CONSTRAINT address_city_id_fkey FOREIGN KEY (city_id) REFERENCES city (city_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE city ADD CONSTRAINT city_country_id_fkey FOREIGN KEY (country_id) REFERENCES country (country_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE film ADD CONSTRAINT film_language_id_fkey FOREIGN KEY (language_id) REFERENCES language (language_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE film ADD CONSTRAINT film_original_language_id_fkey FOREIGN KEY (original_language_id) REFERENCES language (language_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE film_actor ADD CONSTRAINT film_actor_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES actor (actor_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE film_actor ADD CONSTRAINT film_actor_film_id_fkey FOREIGN KEY (film_id) REFERENCES film (film_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE film_category ADD CONSTRAINT film_category_category_id_fkey FOREIGN KEY (category_id) REFERENCES category (category_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE film_category ADD CONSTRAINT film_category_film_id_fkey FOREIGN KEY (film_id) REFERENCES film (film_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE inventory ADD CONSTRAINT inventory_film_id_fkey FOREIGN KEY (film_id) REFERENCES film (film_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE inventory ADD CONSTRAINT inventory_store_id_fkey FOREIGN KEY (store_id) REFERENCES store (store_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE rental ADD CONSTRAINT rental_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer (customer_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE rental ADD CONSTRAINT rental_inventory_id_fkey FOREIGN KEY (inventory_id) REFERENCES inventory (inventory_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE rental ADD CONSTRAINT rental_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE staff ADD CONSTRAINT staff_address_id_fkey FOREIGN KEY (address_id) REFERENCES address (address_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE staff ADD CONSTRAINT staff_store_id_fkey FOREIGN KEY (store_id) REFERENCES store (store_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE store ADD CONSTRAINT store_address_id_fkey FOREIGN KEY (address_id) REFERENCES address (address_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE payment_p2022_01 ADD CONSTRAINT payment_p2022_01_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer (customer_id);
ALTER TABLE payment_p2022_02 ADD CONSTRAINT payment_p2022_02_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer (customer_id);
CREATE INDEX film_fulltext_idx ON film USING gist (fulltext);
CREATE INDEX idx_actor_last_name ON actor USING btree (last_name);
CREATE INDEX idx_fk_address_id ON customer USING btree (address_id);
CREATE INDEX idx_fk_city_id ON address USING btree (city_id);
CREATE INDEX idx_fk_country_id ON city USING btree (country_id);
CREATE INDEX idx_fk_film_id ON film_actor USING btree (film_id);
CREATE INDEX idx_fk_inventory_id ON rental USING btree (inventory_id);
CREATE INDEX idx_fk_language_id ON film USING btree (language_id);
CREATE INDEX idx_fk_original_language_id ON film USING btree (original_language_id);
CREATE INDEX idx_fk_store_id ON customer USING btree (store_id);
CREATE INDEX idx_last_name ON customer USING btree (last_name);
CREATE INDEX idx_store_id_film_id ON inventory USING btree (store_id, film_id);
CREATE INDEX idx_title ON film USING btree (title);
CREATE UNIQUE INDEX idx_unq_manager_staff_id ON store USING btree (manager_staff_id);
CREATE UNIQUE INDEX idx_unq_rental_rental_date_inventory_id_customer_id ON rental USING btree (rental_date, inventory_id, customer_id);
CREATE INDEX idx_fk_payment_p2022_01_staff_id ON payment_p2022_01 USING btree (staff_id);
CREATE TRIGGER film_fulltext_trigger BEFORE INSERT OR UPDATE ON film FOR EACH ROW
  EXECUTE FUNCTION tsvector_update_trigger('fulltext', 'pg_catalog.english', 'title', 'description');
CREATE TRIGGER last_updated BEFORE UPDATE ON actor FOR EACH ROW EXECUTE FUNCTION last_updated();
CREATE TRIGGER last_updated BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION last_updated();
CREATE VIEW customer_list AS
  SELECT cu.customer_id AS id, (cu.first_name || ' ') || cu.last_name AS name, a.address, a.phone, city.city, country.country, cu.store_id AS sid
  FROM customer AS cu JOIN address AS a ON cu.address_id = a.address_id JOIN city ON a.city_id = city.city_id
  JOIN country ON city.country_id = country.country_id;
CREATE MATERIALIZED VIEW rental_by_category AS
  SELECT c.name AS category, sum(p.amount) AS total_sales
  FROM payment AS p JOIN rental AS r ON p.rental_id = r.rental_id JOIN inventory AS i ON r.inventory_id = i.inventory_id
  JOIN film_category AS fc ON i.film_id = fc.film_id JOIN category AS c ON fc.category_id = c.category_id
  GROUP BY c.name WITH NO DATA;
CREATE UNIQUE INDEX rental_category ON rental_by_category USING btree (category);
INSERT INTO country (country, last_update) VALUES ('Australia', '2022-02-15 04:44:00+00'), ('Canada', '2022-02-15 04:44:00+00');
INSERT INTO city (city, country_id, last_update) VALUES ('Woodridge', 1, '2022-02-15 04:45:25+00'), ('Lethbridge', 2, '2022-02-15 04:45:25+00');
INSERT INTO address (address, address2, district, city_id, postal_code, phone, last_update)
VALUES ('47 MySakila Drive', NULL, 'Alberta', 2, '', '', '2022-09-25 22:30:27+00'),
  ('28 MySQL Boulevard', 'back door', 'QLD', 1, '4114', '61', '2022-09-25 22:30:09+00');
INSERT INTO language (name, last_update) VALUES ('English', '2022-02-15 05:02:19+00'), ('Français', '2022-02-15 05:02:19+00');
INSERT INTO category (name, last_update) VALUES ('Action', '2022-02-15 04:46:27+00'), ('Animation', '2022-02-15 04:46:27+00');
INSERT INTO actor (first_name, last_name, last_update) VALUES ('PENELOPE', 'GUINESS', '2022-02-15 04:34:33+00'), ('NICK', 'WAHLBERG', '2022-02-15 04:34:33+00');
INSERT INTO film (title, description, release_year, language_id, original_language_id, length, rating, special_features, last_update)
VALUES ('ACADEMY DINOSAUR', 'An epic drama', 2006, 1, NULL, 86, 'PG', ARRAY['Deleted Scenes', 'Behind the Scenes'], '2022-02-15 05:03:42+00'),
  ('ACE GOLDFINGER', NULL, NULL, 1, 2, NULL, 'NC-17', NULL, '2022-02-15 05:03:42+00');
INSERT INTO film_actor (actor_id, film_id, last_update)
VALUES (1, 1, '2022-02-15 05:05:03+00'), (2, 1, '2022-02-15 05:05:03+00'), (2, 2, '2022-02-15 05:05:03+00');
INSERT INTO film_category (film_id, category_id, last_update) VALUES (1, 2, '2022-02-15 05:07:09+00'), (2, 1, '2022-02-15 05:07:09+00');
INSERT INTO store (manager_staff_id, address_id, last_update) VALUES (1, 1, '2022-02-15 04:57:12+00'), (2, 2, '2022-02-15 04:57:12+00');
INSERT INTO staff (first_name, last_name, address_id, email, store_id, active, username, password, picture, last_update)
VALUES ('Mike', 'Hillyer', 1, 'mike@example.org', 1, true, 'Mike', '8cb2237d', '\x89504e470d0a1a0a00', '2022-02-15 03:57:16+00'),
  ('Jon', 'Stephens', 2, NULL, 2, false, 'Jon', NULL, NULL, '2022-02-15 03:57:16+00');
INSERT INTO customer (store_id, first_name, last_name, email, address_id, activebool, create_date, active, last_update)
VALUES (1, 'MARY', 'SMITH', 'mary@example.org', 1, true, '2022-02-14', 1, '2022-02-15 04:57:20+00'),
  (2, 'PATRICIA', 'JOHNSON', NULL, 2, false, '2022-02-14', NULL, NULL);
INSERT INTO inventory (film_id, store_id, last_update) VALUES (1, 1, '2022-02-15 05:09:17+00'), (2, 2, '2022-02-15 05:09:17+00');
INSERT INTO rental (rental_date, inventory_id, customer_id, return_date, staff_id, last_update)
VALUES ('2022-01-24 22:53:30+00', 1, 1, '2022-01-26 22:04:30+00', 1, '2022-02-15 21:30:53+00'),
  ('2022-02-24 22:54:33+00', 2, 2, NULL, 2, '2022-02-15 21:30:53+00');
INSERT INTO payment (customer_id, staff_id, rental_id, amount, payment_date)
VALUES (1, 1, 1, 2.99, '2022-01-25 11:30:37+00'), (2, 2, 2, 0.99, '2022-02-28 10:35:23+00');
