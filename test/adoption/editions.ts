/** A database as another tool, or a person, makes it. */
export interface Edition {
  readonly maker: string
  /** The folder with the statements, a file for each kind of database. */
  readonly folder: string
  /** The kinds of database where it is usual. */
  readonly on: readonly string[]
  /** A file of rows, where the statements bring none. */
  readonly rows?: string
  /** By kind of database, all that is said to be no business of any model. */
  readonly leftAlone: Readonly<Record<string, readonly string[]>>
  /** What somebody makes of the models later. */
  readonly change: (models: string) => string
}

/** The text with each of these replaced, once and surely. */
function edited(text: string, replacements: readonly (readonly [from: string | RegExp, to: string])[]): string {
  return replacements.reduce((before, [from, to]) => {
    const after = before.replace(from, to)
    if (after === before) throw new Error(`${from} is not in the models`)
    return after
  }, text)
}

const noKey = 'it has no primary key, and no unique that could be one'
const ofPrisma = [
  '_PostToTag: it has no primary key, so its model is there to be read (`managed: false`) and no migration changes it',
  '_prisma_migrations: Prisma',
]
const ofRails = ['ar_internal_metadata: Rails', 'schema_migrations: Rails', `articles_categories: ${noKey}`]
const byHand = ['-: view bosses', `notes: ${noKey}`, 'person: trigger person_noted']

export const editions: readonly Edition[] = [
  {
    maker: 'Django',
    folder: 'django',
    on: ['sqlite', 'postgres', 'mariadb'],
    rows: 'django/rows.sql',
    leftAlone: {
      sqlite: ['django_migrations: Django'],
      postgres: ['django_migrations: Django'],
      mariadb: ['django_migrations: Django'],
    },
    change: (models) =>
      edited(models, [
        // Indexes, uniques and foreign keys with names of Django's go and change.
        [/unique\(\{ fields: \['slug'\][^}]*\}\),?|, unique: true(?= \}\),\n {4}price)/, ''],
        [/owner: f\.foreignKey\(\(\) => AuthUser, \{/, "owner: f.foreignKey(() => AuthUser, { onDelete: 'setNull',"],
        ['madeOn:', 'featured: f.boolean({ default: false }),\n    madeOn:'],
        ['name: f.char({ maxLength: 80 })', 'name: f.char({ maxLength: 120 })'],
      ]),
  },
  {
    maker: 'Prisma',
    folder: 'prisma',
    on: ['postgres', 'mariadb'],
    leftAlone: { postgres: [...ofPrisma], mariadb: [...ofPrisma] },
    change: (models) =>
      edited(models, [
        ["['USER', 'ADMIN']", "['USER', 'ADMIN', 'GUEST']"],
        [
          'views: f.integer({ default: 0 })',
          'views: f.integer({ default: 1 }),\n    pinned: f.boolean({ default: false })',
        ],
        [/unique\(\{ fields: \['title', 'author'\][^}]*\}\),?/, ''],
        [/(author: f\.foreignKey\(\(\) => User, \{[^}]*onDelete: )'restrict'/, "$1'cascade'"],
      ]),
  },
  {
    maker: 'Drizzle',
    folder: 'drizzle',
    on: ['sqlite', 'postgres'],
    leftAlone: { sqlite: ['__drizzle_migrations: Drizzle'], postgres: ['drizzle.__drizzle_migrations: Drizzle'] },
    change: (models) =>
      edited(models, [
        [/index\(\{ fields: \['fullName'\][^}]*\}\),?/, ''],
        ['score: f.', 'likes: f.integer({ default: 0 }),\n    score: f.'],
        [/(author: f\.foreignKey\(\(\) => Users, \{[^}]*onDelete: )'cascade'/, "$1'restrict'"],
      ]),
  },
  {
    maker: 'Rails',
    folder: 'rails',
    on: ['postgres', 'mariadb'],
    leftAlone: { postgres: [...ofRails], mariadb: [...ofRails, 'articles: index index_articles_on_body (body)'] },
    change: (models) =>
      edited(models, [
        [/unique\(\{ fields: \['email'\][^}]*\}\),?/, ''],
        [
          'status: f.integer({ default: 0 })',
          'status: f.integer({ default: 1 }),\n    views: f.integer({ default: 0 })',
        ],
        [/title: f\.char\(\{ maxLength: 200/, 'title: f.char({ maxLength: 250'],
        [
          /user: f\.foreignKey\(\(\) => Users(?:, \{[^}]*\})?\)/,
          "user: f.foreignKey(() => Users, { onDelete: 'cascade' })",
        ],
      ]),
  },
  {
    maker: 'hand',
    folder: 'by-hand',
    on: ['sqlite', 'postgres', 'mariadb'],
    leftAlone: {
      sqlite: [...byHand, 'person: foreign key (iso, region) to country (iso, region): it is over several columns'],
      postgres: [
        ...byHand,
        '-: function note_person()',
        'person: foreign key person_iso_region_fkey (iso, region) to country (iso, region): it is over several columns',
      ],
      mariadb: [
        ...byHand,
        'person: foreign key person_ibfk_2 (iso, region) to country (iso, region): it is over several columns',
      ],
    },
    change: (models) =>
      edited(models, [
        [
          /born: f\.date\(\{ null: true \}\)/,
          "born: f.date({ null: true }),\n    nick: f.char({ maxLength: 20, default: '' })",
        ],
        [/boss: f\.foreignKey\(\(\) => Person, \{/, "boss: f.foreignKey(() => Person, { onDelete: 'setNull',"],
      ]),
  },
]
