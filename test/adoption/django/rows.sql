INSERT INTO django_migrations (id, app, name, applied) VALUES (1, 'auth', '0001_initial', '2024-05-01 10:00:00'), (2, 'shop', '0001_initial', '2024-05-01 10:00:01');
INSERT INTO django_content_type (id, app_label, model) VALUES (1, 'auth', 'user'), (2, 'shop', 'product');
INSERT INTO auth_permission (id, name, content_type_id, codename) VALUES (1, 'Can add user', 1, 'add_user'), (2, 'Can add product', 2, 'add_product');
INSERT INTO auth_group (id, name) VALUES (1, 'editors');
INSERT INTO auth_group_permissions (id, group_id, permission_id) VALUES (1, 1, 2);
INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) VALUES (1, 'pbkdf2$x', NULL, false, 'ada', 'Ada', 'L', 'ada@example.org', true, true, '2024-05-01 10:00:00.123456');
INSERT INTO auth_user_groups (id, user_id, group_id) VALUES (1, 1, 1);
INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('abc', 'e30', '2030-01-01 00:00:00');
INSERT INTO shop_product (id, name, slug, price, stock, data, uid, lead_time, made_on, rating, owner_id) VALUES (1, 'Lamp', 'lamp', 12.50, 3, '{"a": 1}', '0123456789abcdef0123456789abcdef', NULL, '2024-02-29', 4.5, 1), (2, 'Desk', 'desk', 99.90, 0, '[]', 'ffffffffffffffffffffffffffffffff', NULL, NULL, NULL, NULL);
