INSERT INTO accounts_user (id, email, name) VALUES
  (1, 'Ada@Example.org', 'Ada'), (2, 'grace@example.org', 'Grace'), (3, 'Edsger@example.org', 'Edsger');
INSERT INTO accounts_address (resident_id, street, city) VALUES (1, 'Kade 1', 'Delft'), (2, 'Singel 20', 'Leiden');

INSERT INTO catalogue_category (id, name, parent_id) VALUES (1, 'Books', NULL), (2, 'Field guides', 1), (3, 'Optics', NULL);
INSERT INTO catalogue_tag (id, name) VALUES (1, 'birds'), (2, 'new'), (3, 'gift');
INSERT INTO catalogue_product (id, name, slug, legacy_code, category_id, price, stock, attributes) VALUES
  (1, 'Waders of the world', 'waders', 'B-001', 2, 39.95, 12, '{"pages": 640}'),
  (2, 'Binoculars 8x42', 'binoculars', 'O-007', 3, 249, 3, '{"weight": 720}'),
  (3, 'Notebook', 'notebook', 'B-019', 1, 7.5, 200, '{}');
INSERT INTO catalogue_product_tags (product_id, tag_id) VALUES (1, 1), (1, 3), (2, 1), (2, 2), (3, 3);

INSERT INTO billing_customer (id, user_id, vat_number) VALUES (1, 1, 'NL001'), (2, 2, NULL);
INSERT INTO billing_invoice (id, customer_id, number, status, sum, issued_on) VALUES
  (1, 1, '2026-001', 'paid', 288.95, '2026-03-02'), (2, 1, '2026-002', 'sent', 39.95, '2026-05-17'), (3, 2, '2026-003', 'draft', 15, NULL);
INSERT INTO billing_invoice_line (invoice_id, product_id, quantity, unit_price) VALUES
  (1, 1, 1, 39.95), (1, 2, 1, 249), (2, 1, 1, 39.95), (3, 3, 2, 7.5);
INSERT INTO billing_payment (invoice_id, amount, reference) VALUES (1, 288.95, '0b7f5a0c-8d0e-4c7a-9a37-2f6f1d6f0a11');

INSERT INTO blog_topic (id, name) VALUES (1, 'migration'), (2, 'optics');
INSERT INTO blog_post (id, author_id, title, body, published_at) VALUES
  (1, 1, 'Eleven days without landing', 'Alaska to Tasmania, 13560 km.', '2026-04-01T08:00:00.000Z'),
  (2, 2, 'Choosing binoculars', 'Eight times is enough.', NULL);
INSERT INTO blog_post_topics (post_id, topic_id) VALUES (1, 1), (2, 2);
INSERT INTO blog_post_products (post_id, product_id) VALUES (1, 1), (2, 2);
INSERT INTO blog_comment (id, about_id, reply_to_id, author_id, text) VALUES
  (1, 1, NULL, 2, 'Incredible.'), (2, 1, 1, 1, 'And without a drink.'), (3, 2, NULL, 3, 'What about 10x?');
