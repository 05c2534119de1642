// Checked by the compiler alone: declarations that must not compile.
import { defineConfig, f, index, model, unique } from '../../src/index.ts'

// @ts-expect-error maxLength is missing
f.char({ null: true })
// @ts-expect-error a mistyped option
f.char({ maxLength: 20, nul: true })
// @ts-expect-error an option of another kind
f.boolean({ maxLength: 20 })
// @ts-expect-error a many-to-many has no column
f.manyToMany('Tag', { null: true })
// @ts-expect-error no such action
f.foreignKey('User', { onDelete: 'protect' })
// @ts-expect-error a default of another type
f.integer({ default: 'one' })
// @ts-expect-error a generated column has no default
f.generated({ expression: { kind: 'value', value: 1 }, output: f.integer(), default: 1 })

const fields = { number: f.char({ maxLength: 20 }), issuedAt: f.dateTime() }
// @ts-expect-error a field that the model does not have
model('Invoice', fields, { indexes: [index({ fields: ['numbr'] })] })
// @ts-expect-error the same, descending
model('Invoice', fields, { constraints: [unique({ fields: ['-issued'] })] })
// @ts-expect-error the same in a primary key
model('Invoice', fields, { primaryKey: ['number', 'issued'] })
// @ts-expect-error a mistyped option of the model
model('Invoice', fields, { tabel: 'invoices' })
// @ts-expect-error not a field
model('Invoice', { number: 'text' })

const databases = { default: 'sqlite:./app.db', analytics: 'sqlite:./analytics.db' }
defineConfig({ apps: ['./shop'], databases, router: { shop: 'analytics', '*': ['default', 'analytics'] } })
defineConfig({ apps: ['./shop'], databases, router: ({ model }) => (model === 'Price' ? 'analytics' : undefined) })
// @ts-expect-error a database that there is not
defineConfig({ apps: ['./shop'], databases, router: { shop: 'analitics' } })
// @ts-expect-error the same, from a function
defineConfig({ apps: ['./shop'], databases, router: () => 'analitics' })
