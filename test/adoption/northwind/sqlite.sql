-- Northwind, a trader of foods: its tables as Microsoft's samples describe them and the edition for SQLite keeps them, with rows of our own.
CREATE TABLE [Categories] (
  [CategoryID] INTEGER PRIMARY KEY AUTOINCREMENT,
  [CategoryName] TEXT,
  [Description] TEXT,
  [Picture] BLOB
);
CREATE TABLE [CustomerDemographics] (
  [CustomerTypeID] TEXT NOT NULL,
  [CustomerDesc] TEXT,
  PRIMARY KEY ("CustomerTypeID")
);
CREATE TABLE [CustomerCustomerDemo] (
  [CustomerID] TEXT NOT NULL,
  [CustomerTypeID] TEXT NOT NULL,
  PRIMARY KEY ("CustomerID", "CustomerTypeID"),
  FOREIGN KEY ([CustomerID]) REFERENCES [Customers] ([CustomerID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
  FOREIGN KEY ([CustomerTypeID]) REFERENCES [CustomerDemographics] ([CustomerTypeID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Customers] (
  [CustomerID] TEXT,
  [CompanyName] TEXT,
  [ContactName] TEXT,
  [ContactTitle] TEXT,
  [Address] TEXT,
  [City] TEXT,
  [Region] TEXT,
  [PostalCode] TEXT,
  [Country] TEXT,
  [Phone] TEXT,
  [Fax] TEXT,
  PRIMARY KEY (`CustomerID`)
);
CREATE TABLE [Employees] (
  [EmployeeID] INTEGER PRIMARY KEY AUTOINCREMENT,
  [LastName] TEXT,
  [FirstName] TEXT,
  [Title] TEXT,
  [TitleOfCourtesy] TEXT,
  [BirthDate] DATE,
  [HireDate] DATE,
  [Address] TEXT,
  [City] TEXT,
  [Extension] TEXT,
  [Photo] BLOB,
  [Notes] TEXT,
  [ReportsTo] INTEGER,
  [PhotoPath] TEXT,
  FOREIGN KEY ([ReportsTo]) REFERENCES [Employees] ([EmployeeID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [EmployeeTerritories] (
  [EmployeeID] INTEGER NOT NULL,
  [TerritoryID] TEXT NOT NULL,
  PRIMARY KEY ("EmployeeID", "TerritoryID"),
  FOREIGN KEY ([EmployeeID]) REFERENCES [Employees] ([EmployeeID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
  FOREIGN KEY ([TerritoryID]) REFERENCES [Territories] ([TerritoryID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Order Details] (
  [OrderID] INTEGER NOT NULL,
  [ProductID] INTEGER NOT NULL,
  [UnitPrice] NUMERIC NOT NULL DEFAULT 0,
  [Quantity] INTEGER NOT NULL DEFAULT 1,
  [Discount] REAL NOT NULL DEFAULT 0,
  PRIMARY KEY ("OrderID", "ProductID"),
  CHECK ([Discount] >= (0) AND [Discount] <= (1)),
  CHECK ([Quantity] > (0)),
  CHECK ([UnitPrice] >= (0)),
  FOREIGN KEY ([OrderID]) REFERENCES [Orders] ([OrderID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
  FOREIGN KEY ([ProductID]) REFERENCES [Products] ([ProductID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Orders] (
  [OrderID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  [CustomerID] TEXT,
  [EmployeeID] INTEGER,
  [OrderDate] DATETIME,
  [RequiredDate] DATETIME,
  [ShippedDate] DATETIME,
  [ShipVia] INTEGER,
  [Freight] NUMERIC DEFAULT 0,
  [ShipName] TEXT,
  [ShipCity] TEXT,
  FOREIGN KEY ([EmployeeID]) REFERENCES [Employees] ([EmployeeID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
  FOREIGN KEY ([CustomerID]) REFERENCES [Customers] ([CustomerID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
  FOREIGN KEY ([ShipVia]) REFERENCES [Shippers] ([ShipperID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Products] (
  [ProductID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  [ProductName] TEXT NOT NULL,
  [SupplierID] INTEGER,
  [CategoryID] INTEGER,
  [QuantityPerUnit] TEXT,
  [UnitPrice] NUMERIC DEFAULT 0,
  [UnitsInStock] INTEGER DEFAULT 0,
  [ReorderLevel] INTEGER DEFAULT 0,
  [Discontinued] TEXT NOT NULL DEFAULT '0',
  CHECK ([UnitPrice] >= (0)),
  CHECK ([ReorderLevel] >= (0)),
  CHECK ([UnitsInStock] >= (0)),
  FOREIGN KEY ([CategoryID]) REFERENCES [Categories] ([CategoryID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
  FOREIGN KEY ([SupplierID]) REFERENCES [Suppliers] ([SupplierID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Regions] ([RegionID] INTEGER NOT NULL PRIMARY KEY, [RegionDescription] TEXT NOT NULL);
CREATE TABLE [Shippers] ([ShipperID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [CompanyName] TEXT NOT NULL, [Phone] TEXT);
CREATE TABLE [Suppliers] (
  [SupplierID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  [CompanyName] TEXT NOT NULL,
  [ContactName] TEXT,
  [HomePage] TEXT
);
CREATE TABLE [Territories] (
  [TerritoryID] TEXT NOT NULL,
  [TerritoryDescription] TEXT NOT NULL,
  [RegionID] INTEGER NOT NULL,
  PRIMARY KEY ("TerritoryID"),
  FOREIGN KEY ([RegionID]) REFERENCES [Regions] ([RegionID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE VIEW [Products Above Average Price] AS
  SELECT ProductName, UnitPrice FROM Products WHERE UnitPrice > (SELECT avg(UnitPrice) FROM Products);
CREATE VIEW [Order Subtotals] AS
  SELECT OrderID, sum(UnitPrice * Quantity * (1 - Discount)) AS Subtotal FROM [Order Details] GROUP BY OrderID;
INSERT INTO Categories VALUES (1, 'Beverages', 'Soft drinks, coffees, teas', x'151c2f00'), (2, 'Condiments', NULL, NULL);
INSERT INTO Customers (CustomerID, CompanyName, ContactName, City, Region, Phone, Fax)
VALUES ('ALFKI', 'Alfreds Futterkiste', 'Maria Anders', 'Berlin', NULL, '030-0074321', '030-0076545'), ('BOLID', 'Bólido Comidas', NULL, 'Madrid', NULL, NULL, NULL);
INSERT INTO CustomerDemographics VALUES ('GROSS', 'Buys much');
INSERT INTO CustomerCustomerDemo VALUES ('ALFKI', 'GROSS');
INSERT INTO Employees (EmployeeID, LastName, FirstName, Title, BirthDate, HireDate, Photo, Notes, ReportsTo)
VALUES (2, 'Fuller', 'Andrew', 'Vice President', '1952-02-19', '1992-08-14', x'ffd8ffe0', 'BTS commercial', NULL),
  (1, 'Davolio', 'Nancy', NULL, '1948-12-08', '1992-05-01', NULL, NULL, 2);
INSERT INTO Regions VALUES (1, 'Eastern'), (2, 'Western');
INSERT INTO Territories VALUES ('01581', 'Westboro', 1), ('98004', 'Bellevue', 2);
INSERT INTO EmployeeTerritories VALUES (1, '01581'), (2, '98004');
INSERT INTO Suppliers VALUES (1, 'Exotic Liquids', 'Charlotte Cooper', NULL);
INSERT INTO Shippers VALUES (1, 'Speedy Express', '(503) 555-9831');
INSERT INTO Products VALUES (1, 'Chai', 1, 1, '10 boxes x 20 bags', 18, 39, 10, '0'), (2, 'Aniseed Syrup', 1, 2, NULL, 10.5, 13, 25, '1');
INSERT INTO Orders (OrderID, CustomerID, EmployeeID, OrderDate, ShippedDate, ShipVia, Freight, ShipName)
VALUES (10248, 'ALFKI', 1, '1996-07-04 00:00:00', NULL, 1, 32.38, 'Alfreds'), (10249, 'BOLID', NULL, '1996-07-05 00:00:00', NULL, NULL, 0, NULL);
INSERT INTO [Order Details] VALUES (10248, 1, 14, 12, 0), (10248, 2, 9.8, 10, 0.15), (10249, 1, 18.6, 9, 0);
