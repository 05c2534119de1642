/** What the tests of an application need. */
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './api/create-test-database.ts'
export { type ConfigLocation, loadProject } from './project/load-project.ts'
