/** All that the command line does, as functions: each takes one options object, returns data, prints nothing and ends no process. */

export {
  type AdoptDatabaseOptions,
  type AdoptDatabaseResult,
  type AdoptedFile,
  adoptDatabase,
  type Bookkeeping,
  type LeftAlone,
} from './api/adopt-database.ts'
export { type AdoptDriftOptions, type AdoptDriftResult, adoptDrift, type ModelEdit } from './api/adopt-drift.ts'
export { type AssertMigratedOptions, assertMigrated } from './api/assert-migrated.ts'
export {
  type CheckProjectOptions,
  type CheckProjectResult,
  checkProject,
  type Finding,
  type FindingId,
  type IgnoredFound,
  type Severity,
} from './api/check-project.ts'
export { type DatabaseStatus, type DatabaseStatusOptions, databaseStatus } from './api/database-status.ts'
export {
  type DriftOptions,
  type DriftResult,
  drift,
  isDrifting,
  type ShownDiscrepancy,
  type ShownDrift,
} from './api/drift.ts'
export {
  type FinishedSquash,
  type FinishProposal,
  type FinishSquashOptions,
  type FinishSquashResult,
  finishSquash,
} from './api/finish-squash.ts'
export type { HalfWayProgress } from './api/half-way-progress.ts'
export {
  type InitProjectOptions,
  type InitProjectResult,
  initProject,
} from './api/init-project.ts'
export {
  type InspectDatabaseOptions,
  type InspectDatabaseResult,
  type InspectedTable,
  inspectDatabase,
} from './api/inspect-database.ts'
export {
  type MadeMigration,
  type MakeMigrationsOptions,
  type MakeMigrationsResult,
  makeMigrations,
} from './api/make-migrations.ts'
export {
  type ExaminedBranches,
  type MergeMigrationsOptions,
  type MergeMigrationsResult,
  mergeMigrations,
} from './api/merge-migrations.ts'
export {
  type AcceptedEdit,
  type AppliedMigration,
  type Consent,
  type EditConsent,
  type HistoryFinding,
  type Interrupted,
  type Loss,
  type MigrateEvent,
  type MigrateOptions,
  type MigrateResult,
  type MigrateTarget,
  type MissingConsent,
  type MissingPlan,
  migrate,
  type RenameConsent,
  type RenameQuestion,
  type ShownRename,
  type TakenAlong,
  type UnseenEdit,
} from './api/migrate.ts'
export type { ShownMissing } from './api/missing.ts'
export {
  type OptimizeMigrationOptions,
  type OptimizeMigrationResult,
  optimizeMigration,
} from './api/optimize-migration.ts'
export {
  type PlanMigrateOptions,
  type PlanMigrateResult,
  type PlannedOperation,
  type PlannedRest,
  type PlannedSummary,
  planMigrate,
} from './api/plan-migrate.ts'
export type { ProjectChoice } from './api/project-of.ts'
export {
  type PruneMigrationsOptions,
  type PruneMigrationsResult,
  pruneMigrations,
} from './api/prune-migrations.ts'
export {
  type DataInTheWay,
  type ExtraColumn,
  type RepairDriftOptions,
  type RepairDriftResult,
  type RepairPlan,
  type RepairStatement,
  repairDrift,
} from './api/repair-drift.ts'
export {
  type RowsFromFiles,
  type RowsFromFilesOptions,
  type RowsFromFilesResult,
  rowsFromFiles,
} from './api/reset/from-files.ts'
export {
  type FileFromRecord,
  type FilesFromRecordOptions,
  type FilesFromRecordResult,
  filesFromRecord,
} from './api/reset/from-record.ts'
export { type RestoreResetOptions, type RestoreResetResult, restoreReset } from './api/reset/restore.ts'
export {
  type GitFacts,
  type LostObject,
  type LostStep,
  type OnStep,
  type ResetMigrationsOptions,
  type ResetMigrationsResult,
  type ResetProposal,
  resetMigrations,
} from './api/reset-migrations.ts'
export {
  type ShowMigrationsOptions,
  type ShowMigrationsResult,
  type ShownApp,
  type ShownMigration,
  showMigrations,
} from './api/show-migrations.ts'
export { type SqlMigrateOptions, type SqlMigrateResult, sqlMigrate } from './api/sql-migrate.ts'
export {
  type SquashedMigration,
  type SquashMigrationsOptions,
  type SquashMigrationsResult,
  type SquashProposal,
  squashMigrations,
} from './api/squash-migrations.ts'
export { squashUnapplied } from './api/squash-unapplied.ts'
export {
  type Finding as VerifyFinding,
  type FindingKind as VerifyFindingKind,
  type Severity as VerifySeverity,
  type VerifyEvent,
  type VerifyMigrationsOptions,
  type VerifyMigrationsResult,
  verifyMigrations,
} from './api/verify.ts'
export { nobody, type Questioner } from './autodetector/ask.ts'
export { type Answers, parseAnswers } from './autodetector/parse-answers.ts'
export type { Answer, BranchInQuestion, Question } from './autodetector/question.ts'
export { type ErrorCode, GodwitError } from './errors/error.ts'
export { type ConfigLocation, loadProject } from './project/load-project.ts'
export type { Project } from './project/project.ts'
