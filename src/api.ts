/** All that the command line does, as functions: each takes one options object, returns data, prints nothing and ends no process. */
export {
  type InitProjectOptions,
  type InitProjectResult,
  initProject,
} from './api/init-project.ts'
export {
  type MadeMigration,
  type MakeMigrationsOptions,
  type MakeMigrationsResult,
  makeMigrations,
} from './api/make-migrations.ts'
export {
  type AppliedMigration,
  type Consent,
  type Interrupted,
  type MigrateEvent,
  type MigrateOptions,
  type MigrateResult,
  type MigrateTarget,
  migrate,
  type TakenAlong,
} from './api/migrate.ts'
export {
  type PlanMigrateOptions,
  type PlanMigrateResult,
  type PlannedSummary,
  planMigrate,
} from './api/plan-migrate.ts'
export type { ProjectChoice } from './api/project-of.ts'
export {
  type ShowMigrationsOptions,
  type ShowMigrationsResult,
  type ShownApp,
  type ShownMigration,
  showMigrations,
} from './api/show-migrations.ts'
export { type SqlMigrateOptions, type SqlMigrateResult, sqlMigrate } from './api/sql-migrate.ts'
export { nobody, type Questioner } from './autodetector/ask.ts'
export { type Answers, parseAnswers } from './autodetector/parse-answers.ts'
export type { Answer, Question } from './autodetector/question.ts'
export { type ErrorCode, GodwitError } from './errors/error.ts'
export { type ConfigLocation, loadProject } from './project/load-project.ts'
export type { Project } from './project/project.ts'
