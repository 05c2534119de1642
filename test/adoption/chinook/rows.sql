INSERT INTO "Artist" ("ArtistId", "Name") VALUES (1, 'Ada & the Engines'), (2, 'Blaise'), (3, NULL);
INSERT INTO "Album" ("AlbumId", "Title", "ArtistId") VALUES (1, 'Notes on the Engine', 1), (2, 'It''s Pensées', 2), (3, 'Wheels', 1);
INSERT INTO "Employee" ("EmployeeId", "LastName", "FirstName", "Title", "ReportsTo", "BirthDate", "HireDate", "City", "Country", "Email")
VALUES (1, 'Hopper', 'Grace', 'General Manager', NULL, '1906-12-09 00:00:00', '2002-08-14 00:00:00', 'New York', 'USA', 'grace@example.org'),
  (2, 'Lamarr', 'Hedy', 'Sales Manager', 1, '1914-11-09 00:00:00', '2002-05-01 00:00:00', 'Wien', 'Austria', NULL);
INSERT INTO "Customer" ("CustomerId", "FirstName", "LastName", "Company", "City", "Country", "Fax", "Email", "SupportRepId")
VALUES (1, 'Luís', 'Gonçalves', 'Embraer', 'São José dos Campos', 'Brazil', '+55 (12) 3923-5566', 'luis@example.org', 2),
  (2, 'Leonie', 'Köhler', NULL, 'Stuttgart', 'Germany', NULL, 'leonie@example.org', NULL);
INSERT INTO "Genre" ("GenreId", "Name") VALUES (1, 'Rock'), (2, 'Jazz');
INSERT INTO "MediaType" ("MediaTypeId", "Name") VALUES (1, 'MPEG audio file'), (2, 'AAC audio file');
INSERT INTO "Track" ("TrackId", "Name", "AlbumId", "MediaTypeId", "GenreId", "Composer", "Milliseconds", "Bytes", "UnitPrice")
VALUES (1, 'Difference', 1, 1, 1, 'C. Babbage', 343719, 11170334, 0.99), (2, 'Analytical', 1, 2, 1, NULL, 342562, 5510424, 0.99),
  (3, 'Roulette', 2, 1, 2, 'B. Pascal', 230619, NULL, 1.99), (4, 'Loose', NULL, 1, NULL, NULL, 1, NULL, 0);
INSERT INTO "Invoice" ("InvoiceId", "CustomerId", "InvoiceDate", "BillingCity", "BillingCountry", "Total")
VALUES (1, 2, '2021-01-01 00:00:00', 'Stuttgart', 'Germany', 1.98), (2, 1, '2021-01-02 10:30:00', NULL, NULL, 1.99);
INSERT INTO "InvoiceLine" ("InvoiceLineId", "InvoiceId", "TrackId", "UnitPrice", "Quantity") VALUES (1, 1, 1, 0.99, 1), (2, 1, 2, 0.99, 1), (3, 2, 3, 1.99, 1);
INSERT INTO "Playlist" ("PlaylistId", "Name") VALUES (1, 'Music'), (2, 'Quiet');
INSERT INTO "PlaylistTrack" ("PlaylistId", "TrackId") VALUES (1, 1), (1, 2), (1, 3), (2, 3);
