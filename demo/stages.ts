import type { ShopDatabase } from './database.ts'

/** One change of the shop: what is edited, what Godwit asks, and what must be found in the database afterwards. */
export interface Stage {
  /** Below demo/stages; its files are copied into the shop. */
  readonly folder: string
  readonly title: string
  /** For each kind of database, where they differ. */
  readonly about: string | Readonly<Record<ShopDatabase['kind'], string>>
  /** The models file that is edited. */
  readonly models?: string
  /** What the question must say. Absent: nothing is asked. */
  readonly question?: RegExp
  readonly answers: readonly string[]
  readonly migration: { readonly arguments: readonly string[]; readonly file: string }
  /** The file that was written is completed by hand: the stage's files replace it. */
  readonly code?: true
  readonly query: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** The life of the shop after its first migration. */
export const stages: readonly Stage[] = [
  {
    folder: '1-new-column',
    title: '1. A new NOT NULL column, with rows in the table',
    about:
      'The column has no default, so Godwit asks what the invoices that exist get. Without a terminal it never guesses.',
    models: 'billing/models.ts',
    question: /what do existing rows get\?/,
    answers: ["billing.Invoice.currency:fill='EUR'"],
    migration: { arguments: [], file: 'billing/migrations/0002_invoice_currency.ts' },
    query: 'SELECT id, number, currency, sum FROM billing_invoice ORDER BY id',
    rows: [
      { id: 1, number: '2026-001', currency: 'EUR', sum: 288.95 },
      { id: 2, number: '2026-002', currency: 'EUR', sum: 39.95 },
      { id: 3, number: '2026-003', currency: 'EUR', sum: 15 },
    ],
  },
  {
    folder: '2-renamed-field',
    title: '2. A renamed field',
    about:
      'A rename looks like a removal and an addition: one keeps the values, the other drops them. The check follows its field.',
    models: 'billing/models.ts',
    question: /billing\.Invoice\.total:renamedFrom=sum/,
    answers: ['billing.Invoice.total:renamedFrom=sum'],
    migration: { arguments: [], file: 'billing/migrations/0003_rename_sum_invoice_total.ts' },
    query: 'SELECT id, number, total FROM billing_invoice ORDER BY id',
    rows: [
      { id: 1, number: '2026-001', total: 288.95 },
      { id: 2, number: '2026-002', total: 39.95 },
      { id: 3, number: '2026-003', total: 15 },
    ],
  },
  {
    folder: '3-renamed-model',
    title: '3. A renamed model',
    about: 'A foreign key and two join tables refer to it; they follow.',
    models: 'blog/models.ts',
    question: /blog\.Article:renamedFrom=Post/,
    answers: ['blog.Article:renamedFrom=Post'],
    migration: { arguments: [], file: 'blog/migrations/0002_rename_post_article.ts' },
    query:
      'SELECT article.title, product.name AS product FROM blog_article_products AS link ' +
      'JOIN blog_article AS article ON article.id = link.article_id JOIN catalogue_product AS product ON product.id = link.product_id ORDER BY article.id',
    rows: [
      { title: 'Eleven days without landing', product: 'Waders of the world' },
      { title: 'Choosing binoculars', product: 'Binoculars 8x42' },
    ],
  },
  {
    folder: '4-nullable-reference',
    title: '4. A foreign key that may be NULL',
    about: {
      sqlite:
        'Comments are to outlive their authors. SQLite cannot alter a foreign key, so the table is made anew; replies refer to it and stay.',
      postgres:
        'Comments are to outlive their authors. PostgreSQL cannot alter what a foreign key does, so it is dropped and added again.',
      mysql:
        'Comments are to outlive their authors. What a foreign key does cannot be altered here, so it is dropped and added again.',
    },
    models: 'blog/models.ts',
    answers: [],
    migration: { arguments: [], file: 'blog/migrations/0003_alter_comment_author.ts' },
    query: 'SELECT id, about_id, reply_to_id, author_id, text FROM blog_comment ORDER BY id',
    rows: [
      { id: 1, about_id: 1, reply_to_id: null, author_id: 2, text: 'Incredible.' },
      { id: 2, about_id: 1, reply_to_id: 1, author_id: 1, text: 'And without a drink.' },
      { id: 3, about_id: 2, reply_to_id: null, author_id: 3, text: 'What about 10x?' },
    ],
  },
  {
    folder: '5-data-migration',
    title: '5. A data migration',
    about: 'An empty migration, with code put into it. `db` is Kysely, inside the transaction of the migration.',
    answers: [],
    migration: {
      arguments: ['accounts', '--empty', '--name', 'lowercase_emails'],
      file: 'accounts/migrations/0002_lowercase_emails.ts',
    },
    code: true,
    query: 'SELECT id, email, name FROM accounts_user ORDER BY id',
    rows: [
      { id: 1, email: 'ada@example.org', name: 'Ada' },
      { id: 2, email: 'grace@example.org', name: 'Grace' },
      { id: 3, email: 'edsger@example.org', name: 'Edsger' },
    ],
  },
  {
    folder: '6-removed-field',
    title: '6. A removed field',
    about:
      'Its values go. In a terminal Godwit asks what rows get if this is ever unapplied; here the answer is given along.',
    models: 'catalogue/models.ts',
    answers: ["catalogue.Product.legacyCode:fillRestored='none'"],
    migration: { arguments: [], file: 'catalogue/migrations/0002_remove_product_legacy_code.ts' },
    query: 'SELECT id, name, slug, price, stock FROM catalogue_product ORDER BY id',
    rows: [
      { id: 1, name: 'Waders of the world', slug: 'waders', price: 39.95, stock: 12 },
      { id: 2, name: 'Binoculars 8x42', slug: 'binoculars', price: 249, stock: 3 },
      { id: 3, name: 'Notebook', slug: 'notebook', price: 7.5, stock: 200 },
    ],
  },
]
