-- Northwind, a trader of foods: its tables as Microsoft's samples describe them and the editions for MySQL spell them, with rows of our own.
CREATE TABLE `Categories` (
  `CategoryID` INTEGER NOT NULL AUTO_INCREMENT,
  `CategoryName` VARCHAR(15) NOT NULL,
  `Description` MEDIUMTEXT,
  `Picture` LONGBLOB,
  CONSTRAINT `PK_Categories` PRIMARY KEY (`CategoryID`)
) COMMENT = 'What is sold, by kind';
CREATE INDEX `CategoryName` ON `Categories` (`CategoryName`);
CREATE TABLE `CustomerCustomerDemo` (
  `CustomerID` VARCHAR(5) NOT NULL,
  `CustomerTypeID` VARCHAR(10) NOT NULL,
  CONSTRAINT `PK_CustomerCustomerDemo` PRIMARY KEY (`CustomerID`, `CustomerTypeID`)
);
CREATE TABLE `CustomerDemographics` (
  `CustomerTypeID` VARCHAR(10) NOT NULL,
  `CustomerDesc` MEDIUMTEXT,
  CONSTRAINT `PK_CustomerDemographics` PRIMARY KEY (`CustomerTypeID`)
);
CREATE TABLE `Customers` (
  `CustomerID` VARCHAR(5) NOT NULL,
  `CompanyName` VARCHAR(40) NOT NULL COMMENT 'As on the letterhead',
  `ContactName` VARCHAR(30),
  `ContactTitle` VARCHAR(30),
  `Address` VARCHAR(60),
  `City` VARCHAR(15),
  `Region` VARCHAR(15),
  `PostalCode` VARCHAR(10),
  `Country` VARCHAR(15),
  `Phone` VARCHAR(24),
  `Fax` VARCHAR(24),
  CONSTRAINT `PK_Customers` PRIMARY KEY (`CustomerID`)
);
CREATE INDEX `City` ON `Customers` (`City`);
CREATE INDEX `CompanyName` ON `Customers` (`CompanyName`);
CREATE INDEX `Region` ON `Customers` (`Region`);
CREATE TABLE `Employees` (
  `EmployeeID` INTEGER NOT NULL AUTO_INCREMENT,
  `LastName` VARCHAR(20) NOT NULL,
  `FirstName` VARCHAR(10) NOT NULL,
  `Title` VARCHAR(30),
  `TitleOfCourtesy` VARCHAR(25),
  `BirthDate` DATETIME,
  `HireDate` DATETIME,
  `Photo` LONGBLOB,
  `Notes` MEDIUMTEXT NOT NULL,
  `ReportsTo` INTEGER,
  `PhotoPath` VARCHAR(255),
  `Salary` FLOAT,
  CONSTRAINT `PK_Employees` PRIMARY KEY (`EmployeeID`)
);
CREATE INDEX `LastName` ON `Employees` (`LastName`);
CREATE TABLE `EmployeeTerritories` (
  `EmployeeID` INTEGER NOT NULL,
  `TerritoryID` VARCHAR(20) NOT NULL,
  CONSTRAINT `PK_EmployeeTerritories` PRIMARY KEY (`EmployeeID`, `TerritoryID`)
);
CREATE TABLE `Order Details` (
  `OrderID` INTEGER NOT NULL,
  `ProductID` INTEGER NOT NULL,
  `UnitPrice` DECIMAL(10,4) NOT NULL DEFAULT 0,
  `Quantity` SMALLINT(2) NOT NULL DEFAULT 1,
  `Discount` REAL(8,0) NOT NULL DEFAULT 0,
  CONSTRAINT `PK_Order Details` PRIMARY KEY (`OrderID`, `ProductID`)
);
CREATE TABLE `Orders` (
  `OrderID` INTEGER NOT NULL AUTO_INCREMENT,
  `CustomerID` VARCHAR(5),
  `EmployeeID` INTEGER,
  `OrderDate` DATETIME,
  `RequiredDate` DATETIME,
  `ShippedDate` DATETIME,
  `ShipVia` INTEGER,
  `Freight` DECIMAL(10,4) DEFAULT 0,
  `ShipName` VARCHAR(40),
  `ShipCity` VARCHAR(15),
  CONSTRAINT `PK_Orders` PRIMARY KEY (`OrderID`)
);
CREATE INDEX `OrderDate` ON `Orders` (`OrderDate`);
CREATE INDEX `ShippedDate` ON `Orders` (`ShippedDate`);
CREATE TABLE `Products` (
  `ProductID` INTEGER NOT NULL AUTO_INCREMENT,
  `ProductName` VARCHAR(40) NOT NULL,
  `SupplierID` INTEGER,
  `CategoryID` INTEGER,
  `QuantityPerUnit` VARCHAR(20),
  `UnitPrice` DECIMAL(10,4) DEFAULT 0,
  `UnitsInStock` SMALLINT(2) DEFAULT 0,
  `ReorderLevel` SMALLINT(2) DEFAULT 0,
  `Discontinued` BIT NOT NULL DEFAULT 0,
  CONSTRAINT `PK_Products` PRIMARY KEY (`ProductID`)
);
CREATE INDEX `ProductName` ON `Products` (`ProductName`);
CREATE TABLE `Region` (`RegionID` INTEGER NOT NULL, `RegionDescription` VARCHAR(50) NOT NULL, CONSTRAINT `PK_Region` PRIMARY KEY (`RegionID`));
CREATE TABLE `Shippers` (
  `ShipperID` INTEGER NOT NULL AUTO_INCREMENT,
  `CompanyName` VARCHAR(40) NOT NULL,
  `Phone` VARCHAR(24),
  CONSTRAINT `PK_Shippers` PRIMARY KEY (`ShipperID`)
);
CREATE TABLE `Suppliers` (
  `SupplierID` INTEGER NOT NULL AUTO_INCREMENT,
  `CompanyName` VARCHAR(40) NOT NULL,
  `ContactName` VARCHAR(30),
  `HomePage` MEDIUMTEXT,
  CONSTRAINT `PK_Suppliers` PRIMARY KEY (`SupplierID`)
);
CREATE INDEX `CompanyName` ON `Suppliers` (`CompanyName`);
CREATE TABLE `Territories` (
  `TerritoryID` VARCHAR(20) NOT NULL,
  `TerritoryDescription` VARCHAR(50) NOT NULL,
  `RegionID` INTEGER NOT NULL,
  CONSTRAINT `PK_Territories` PRIMARY KEY (`TerritoryID`)
);
ALTER TABLE `CustomerCustomerDemo` ADD CONSTRAINT `FK_CustomerCustomerDemo` FOREIGN KEY (`CustomerTypeID`) REFERENCES `CustomerDemographics` (`CustomerTypeID`);
ALTER TABLE `CustomerCustomerDemo` ADD CONSTRAINT `FK_CustomerCustomerDemo_Customers` FOREIGN KEY (`CustomerID`) REFERENCES `Customers` (`CustomerID`);
ALTER TABLE `Employees` ADD CONSTRAINT `FK_Employees_Employees` FOREIGN KEY (`ReportsTo`) REFERENCES `Employees` (`EmployeeID`);
ALTER TABLE `EmployeeTerritories` ADD CONSTRAINT `FK_EmployeeTerritories_Employees` FOREIGN KEY (`EmployeeID`) REFERENCES `Employees` (`EmployeeID`);
ALTER TABLE `EmployeeTerritories` ADD CONSTRAINT `FK_EmployeeTerritories_Territories` FOREIGN KEY (`TerritoryID`) REFERENCES `Territories` (`TerritoryID`);
ALTER TABLE `Order Details` ADD CONSTRAINT `FK_Order_Details_Orders` FOREIGN KEY (`OrderID`) REFERENCES `Orders` (`OrderID`);
ALTER TABLE `Order Details` ADD CONSTRAINT `FK_Order_Details_Products` FOREIGN KEY (`ProductID`) REFERENCES `Products` (`ProductID`);
ALTER TABLE `Order Details` ADD CONSTRAINT `CK_Discount` CHECK (`Discount` >= 0 AND `Discount` <= 1);
ALTER TABLE `Order Details` ADD CONSTRAINT `CK_Quantity` CHECK (`Quantity` > 0);
ALTER TABLE `Orders` ADD CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerID`) REFERENCES `Customers` (`CustomerID`);
ALTER TABLE `Orders` ADD CONSTRAINT `FK_Orders_Employees` FOREIGN KEY (`EmployeeID`) REFERENCES `Employees` (`EmployeeID`);
ALTER TABLE `Orders` ADD CONSTRAINT `FK_Orders_Shippers` FOREIGN KEY (`ShipVia`) REFERENCES `Shippers` (`ShipperID`);
ALTER TABLE `Products` ADD CONSTRAINT `FK_Products_Categories` FOREIGN KEY (`CategoryID`) REFERENCES `Categories` (`CategoryID`);
ALTER TABLE `Products` ADD CONSTRAINT `FK_Products_Suppliers` FOREIGN KEY (`SupplierID`) REFERENCES `Suppliers` (`SupplierID`);
ALTER TABLE `Products` ADD CONSTRAINT `CK_UnitsInStock` CHECK (`UnitsInStock` >= 0);
ALTER TABLE `Territories` ADD CONSTRAINT `FK_Territories_Region` FOREIGN KEY (`RegionID`) REFERENCES `Region` (`RegionID`);
CREATE VIEW `Products Above Average Price` AS
  SELECT `ProductName`, `UnitPrice` FROM `Products` WHERE `UnitPrice` > (SELECT avg(`UnitPrice`) FROM `Products`);
CREATE VIEW `Order Subtotals` AS
  SELECT `OrderID`, sum(`UnitPrice` * `Quantity` * (1 - `Discount`)) AS Subtotal FROM `Order Details` GROUP BY `OrderID`;
INSERT INTO `Categories` VALUES (1, 'Beverages', 'Soft drinks, coffees, teas', x'151c2f00'), (2, 'Condiments', NULL, NULL);
INSERT INTO `Customers` (`CustomerID`, `CompanyName`, `ContactName`, `City`, `Region`, `Phone`, `Fax`)
VALUES ('ALFKI', 'Alfreds Futterkiste', 'Maria Anders', 'Berlin', NULL, '030-0074321', '030-0076545'), ('BOLID', 'Bólido Comidas', NULL, 'Madrid', NULL, NULL, NULL);
INSERT INTO `CustomerDemographics` VALUES ('GROSS', 'Buys much');
INSERT INTO `CustomerCustomerDemo` VALUES ('ALFKI', 'GROSS');
INSERT INTO `Employees` (`EmployeeID`, `LastName`, `FirstName`, `Title`, `BirthDate`, `HireDate`, `Photo`, `Notes`, `ReportsTo`, `Salary`)
VALUES (2, 'Fuller', 'Andrew', 'Vice President', '1952-02-19', '1992-08-14', x'ffd8ffe0', 'BTS commercial', NULL, 2254.5),
  (1, 'Davolio', 'Nancy', NULL, '1948-12-08', '1992-05-01', NULL, '', 2, NULL);
INSERT INTO `Region` VALUES (1, 'Eastern'), (2, 'Western');
INSERT INTO `Territories` VALUES ('01581', 'Westboro', 1), ('98004', 'Bellevue', 2);
INSERT INTO `EmployeeTerritories` VALUES (1, '01581'), (2, '98004');
INSERT INTO `Suppliers` VALUES (1, 'Exotic Liquids', 'Charlotte Cooper', NULL);
INSERT INTO `Shippers` VALUES (1, 'Speedy Express', '(503) 555-9831');
INSERT INTO `Products` VALUES (1, 'Chai', 1, 1, '10 boxes x 20 bags', 18, 39, 10, 0), (2, 'Aniseed Syrup', 1, 2, NULL, 10.5, 13, 25, 1);
INSERT INTO `Orders` (`OrderID`, `CustomerID`, `EmployeeID`, `OrderDate`, `ShippedDate`, `ShipVia`, `Freight`, `ShipName`)
VALUES (10248, 'ALFKI', 1, '1996-07-04', NULL, 1, 32.38, 'Alfreds'), (10249, 'BOLID', NULL, '1996-07-05', NULL, NULL, 0, NULL);
INSERT INTO `Order Details` VALUES (10248, 1, 14, 12, 0), (10248, 2, 9.8, 10, 0), (10249, 1, 18.6, 9, 1);
