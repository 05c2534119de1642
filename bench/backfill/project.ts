import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A project of one model: a migration that makes its table, and one that fills a column in batches. */
export function writeBackfillProject(folder: string, url: string): void {
  const files: Readonly<Record<string, string>> = {
    'package.json': '{ "type": "module", "private": true }\n',
    'godwit.config.ts': `import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['shop'], databases: { default: '${url}' } })
`,
    'shop/models.ts': `import { f, model } from 'godwit'
export const Invoice = model('Invoice', {
  number: f.char({ maxLength: 32 }),
  total: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
  status: f.char({ maxLength: 20, null: true }),
})
`,
    'shop/migrations/0001_initial.ts': `import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  operations: [
    createModel({
      name: 'Invoice',
      fields: {
        id: f.bigAuto({ primaryKey: true }),
        number: f.char({ maxLength: 32 }),
        total: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
        status: f.char({ maxLength: 20, null: true }),
      },
    }),
  ],
})
`,
    'shop/migrations/0002_backfill.ts': `import { batched, defineMigration } from 'godwit/migrations'
export default defineMigration({
  atomic: false,
  dependencies: [['shop', '0001_initial']],
  operations: [
    batched({ model: 'Invoice', where: { status: null }, run: { set: { status: 'draft' } }, backwards: 'nothing' }),
  ],
})
`,
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
