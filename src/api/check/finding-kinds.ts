/** How bad a finding is: an error is what keeps a project from being deployed, a warning what somebody should have looked at. */
export type Severity = 'error' | 'warning' | 'info'

interface FindingKind {
  /** The worst that it is. */
  readonly severity: Severity
  /** What is found, for the help. */
  readonly means: string
  /** Only a database tells. */
  readonly needsDatabase?: true
}

/** All that a check can find, in the order in which it is told. The ids are stable, for programs. */
export const findingKinds = {
  'models.notLoadable': { severity: 'error', means: 'models that cannot be imported, or say what cannot be' },
  'models.undecided': { severity: 'error', means: 'changes of the models about which makemigrations has to ask' },
  'models.changed': { severity: 'error', means: 'changes of the models that are in no migration' },
  'migrations.notLoadable': { severity: 'error', means: 'a migration file that cannot be imported' },
  'migrations.noOrder': {
    severity: 'error',
    means: 'migrations that wait for each other, or for one that is not there',
  },
  'migrations.doNotFit': {
    severity: 'error',
    means: 'an operation that does not fit what the migrations before it made',
  },
  'migrations.severalLeaves': { severity: 'error', means: 'branches of an app that are to be merged' },
  'migrations.sameNumber': { severity: 'info', means: 'two migrations of an app with one number' },
  'migrations.copied': { severity: 'warning', means: 'a file that is a copy of another migration' },
  'migrations.irreversible': { severity: 'warning', means: 'SQL or an operation of your own without a way back' },
  'migrations.dataWithoutReverse': { severity: 'warning', means: 'a step over data without a `backwards`' },
  'migrations.needsEmptyTable': { severity: 'info', means: 'a new migration that goes back over empty tables only' },
  'migrations.destructive': { severity: 'warning', means: 'a new migration that drops a table or a column with data' },
  'migrations.outcomeUnknown': {
    severity: 'warning',
    means: 'a new runSql without `done` that a crash leaves in doubt',
  },
  'git.ignored': { severity: 'error', means: 'a migration file that git ignores, so that nobody else gets it' },
  'git.uncommitted': { severity: 'warning', means: 'a migration file that is not committed' },
  'git.notAsked': { severity: 'info', means: 'git cannot tell which migrations are new' },
  'database.notAsked': { severity: 'error', means: 'a database that cannot be asked', needsDatabase: true },
  'database.cannotGoOn': {
    severity: 'error',
    means: 'a record from which no migrate could go on',
    needsDatabase: true,
  },
  'database.halfWay': { severity: 'error', means: 'a migration that was stopped half-way', needsDatabase: true },
  'database.outOfOrder': {
    severity: 'info',
    means: 'a migration that is applied before one that it depends on',
    needsDatabase: true,
  },
  'database.edited': {
    severity: 'error',
    means: 'a migration that was edited after it was applied',
    needsDatabase: true,
  },
  'database.renamed': {
    severity: 'error',
    means: 'an applied migration or app with another name now',
    needsDatabase: true,
  },
  'database.missing': { severity: 'warning', means: 'an applied migration that has no file here', needsDatabase: true },
  'database.foreignApp': {
    severity: 'warning',
    means: 'applied migrations of an app that is not here',
    needsDatabase: true,
  },
  'database.codeDiffers': {
    severity: 'info',
    means: 'an applied migration whose functions have another text now',
    needsDatabase: true,
  },
  'database.notAdopted': {
    severity: 'info',
    means: 'a history that was begun anew and is still to be adopted',
    needsDatabase: true,
  },
  'database.notApplied': { severity: 'info', means: 'migrations that are still to be applied', needsDatabase: true },
  'database.drift': {
    severity: 'error',
    means: 'something that is not as the migrations left it',
    needsDatabase: true,
  },
  'database.notCompared': {
    severity: 'info',
    means: 'something that its user may not compare',
    needsDatabase: true,
  },
} as const satisfies Record<string, FindingKind>

export type FindingId = keyof typeof findingKinds
