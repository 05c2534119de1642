import type { BadInput } from '../bad-input.ts'
import { billing, second } from '../base-project.ts'

const make = (...answers: readonly string[]) => ['makemigrations', ...answers.flatMap((answer) => ['--answer', answer])]
const newColumn = billing({ fields: 'status: f.char({ maxLength: 20 }), copies: f.integer({ default: 1 }),' })
const renamed = {
  'billing/models.ts': billing({ fields: 'sum: f.integer(),' })['billing/models.ts'].replace('total: f.integer(),', ''),
}

/** Mistakes in what was typed, and questions that nobody is there to answer. */
export const commandLineCases: readonly BadInput[] = [
  { name: 'a command is mistyped', run: ['migarte'], code: 'cli.unknownCommand', names: '"migarte"' },
  { name: 'a flag is mistyped', run: ['makemigrations', '--dryrun'], code: 'cli.unknownFlag', names: '--dryrun' },
  { name: 'a flag lacks its value', run: ['makemigrations', '--name'], code: 'cli.flagNeedsValue', names: '--name' },
  { name: 'a switch is given a value', run: ['migrate', '--fake=yes'], code: 'cli.flagTakesNoValue', names: '--fake' },
  {
    name: 'a verbosity is none of the four',
    run: ['migrate', '-v', '7'],
    code: 'cli.invalidFlagValue',
    names: '"7"',
  },
  {
    name: 'a time is no number',
    run: ['migrate', '--lock-timeout', 'soon'],
    code: 'cli.invalidFlagValue',
    names: '"soon"',
  },
  {
    name: 'the outcome of an interrupted statement is neither of the two',
    run: ['migrate', '--interrupted', 'maybe'],
    code: 'cli.invalidFlagValue',
    names: '"maybe"',
  },
  {
    name: 'two flags exclude each other',
    run: ['showmigrations', '--list', '--plan'],
    code: 'cli.conflictingFlags',
    names: '--plan',
  },
  { name: 'an argument is missing', run: ['sqlmigrate', 'billing'], code: 'cli.missingArgument', names: '<migration>' },
  {
    name: 'there is an argument too many',
    run: ['migrate', 'billing', '0001', '0002'],
    code: 'cli.tooManyArguments',
    names: '"0002"',
  },
  {
    name: 'an app to migrate does not exist',
    run: ['migrate', 'biling'],
    code: 'migrations.unknownApp',
    names: '"biling"',
  },
  {
    name: 'an app to make migrations for does not exist',
    run: ['makemigrations', 'biling'],
    code: 'config.unknownApp',
    names: '"biling"',
  },
  {
    name: 'an app to show does not exist',
    run: ['showmigrations', 'biling'],
    code: 'config.unknownApp',
    names: '"biling"',
  },
  {
    name: 'an app to migrate has no migrations',
    files: { 'billing/migrations/0001_initial.ts': undefined },
    run: ['migrate', 'billing'],
    code: 'migrations.noMigrations',
    names: '"billing"',
  },
  {
    name: 'a migration to go to does not exist',
    run: ['migrate', 'billing', '0001_inital'],
    code: 'migrations.unknownMigration',
    names: '"0001_inital"',
  },
  {
    name: 'a migration to print does not exist',
    run: ['sqlmigrate', 'billing', '0007'],
    code: 'migrations.unknownMigration',
    names: '"0007"',
  },
  {
    name: 'the beginning of a name is that of two migrations',
    files: second(''),
    run: ['migrate', 'billing', '000'],
    code: 'migrations.ambiguousName',
    names: '"000"',
  },
  {
    name: 'a database kind to print for is unknown',
    run: ['sqlmigrate', 'billing', '0001', '--dialect', 'oracle'],
    code: 'database.unknownKind',
    names: 'oracle',
  },
  {
    name: 'a migration is given a name that no file can have',
    files: newColumn,
    run: ['makemigrations', '--name', 'add status!'],
    code: 'cli.nameNotUsable',
    names: '"add status!"',
  },
  { name: 'an empty migration is for no app', run: ['makemigrations', '--empty'], code: 'cli.emptyNeedsApp' },
  {
    name: 'the file of answers does not exist',
    files: newColumn,
    run: ['makemigrations', '--answers', 'answers.json'],
    code: 'cli.answersUnreadable',
    names: 'answers.json',
  },
  {
    name: 'the file of answers is no JSON',
    files: { ...newColumn, 'answers.json': 'status: draft\n' },
    run: ['makemigrations', '--answers', 'answers.json'],
    code: 'cli.answersUnreadable',
    names: 'answers.json',
  },
  {
    name: 'the file of answers holds a list',
    files: { ...newColumn, 'answers.json': '[]\n' },
    run: ['makemigrations', '--answers', 'answers.json'],
    code: 'detection.badAnswer',
  },
  {
    name: 'an answer has no value',
    files: newColumn,
    run: make('billing.Invoice.status'),
    code: 'detection.badAnswer',
    names: 'billing.Invoice.status',
  },
  {
    name: 'an answer is about nothing that is ever asked',
    files: newColumn,
    run: make("billing.Invoice.status:filll='draft'"),
    code: 'detection.badAnswer',
    names: 'billing.Invoice.status:filll',
  },
  {
    name: 'an answer is nothing that its question takes',
    files: newColumn,
    run: make('billing.Invoice.status:steps=fast'),
    code: 'detection.badAnswer',
    names: 'fast',
  },
  {
    name: 'an answer is to a question that is not asked',
    files: billing({ fields: 'copies: f.integer({ default: 1 }),' }),
    run: make('billing.Invoice.copies:fill=2'),
    code: 'detection.unknownAnswer',
    names: '"billing.Invoice.copies:fill"',
  },
  {
    name: 'an answer gives a value of another type',
    files: billing({ fields: 'copies: f.integer(),' }),
    run: make("billing.Invoice.copies:fill='two'"),
    code: 'detection.badFill',
    names: 'billing.Invoice.copies',
  },
  {
    name: 'a question is answered in two ways',
    files: newColumn,
    run: make("billing.Invoice.status:fill='draft'", 'billing.Invoice.status:null=true'),
    code: 'detection.answeredTwice',
    names: 'billing.Invoice.status',
  },
  {
    name: 'an answer names an old name that never was',
    files: renamed,
    run: make('billing.Invoice.sum:renamedFrom=totl'),
    code: 'detection.renamedFromUnknown',
    names: '"totl"',
  },
  {
    name: 'a model names an old name that is still there',
    files: billing({ fields: "sum: f.integer({ renamedFrom: 'total' })," }),
    run: ['makemigrations'],
    code: 'detection.renamedFromExisting',
    names: '"total"',
  },
  {
    name: 'a new column that is NOT NULL asks for a value, and nobody is there',
    files: newColumn,
    run: ['makemigrations'],
    code: 'detection.unanswered',
    names: 'billing.Invoice.status',
  },
  {
    name: 'a column that becomes NOT NULL asks for a value, and nobody is there',
    files: {
      'billing/models.ts': billing({})['billing/models.ts'].replace('note: f.text({ null: true })', 'note: f.text()'),
    },
    run: ['makemigrations'],
    code: 'detection.unanswered',
    names: 'billing.Invoice.note',
  },
  {
    name: 'a foreign key is pointed at another model, and nobody is there to say what becomes of its values',
    files: {
      'billing/models.ts': billing({})['billing/models.ts'].replace('() => User', "'self'"),
    },
    run: ['makemigrations'],
    code: 'detection.unanswered',
    names: 'billing.Invoice.owner',
  },
  {
    name: 'what may be a rename is asked about, and nobody is there',
    files: renamed,
    run: ['makemigrations'],
    code: 'detection.unanswered',
    names: 'billing.Invoice.sum',
  },
]
