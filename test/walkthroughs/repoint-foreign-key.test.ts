import { walkthrough } from './walkthrough.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const User = model('User', { name: f.char({ maxLength: 50 }) })
export const Company = model('Company', { name: f.char({ maxLength: 50 }), owner: f.foreignKey(() => User) })
export const Order = model('Order', {
  number: f.char({ maxLength: 20 }),${fields}
})
`
const byUser = '\n  customer: f.foreignKey(() => User),'
const byBoth = '\n  customer: f.foreignKey(() => User),\n  company: f.foreignKey(() => Company, { null: true }),'
const byCompany = '\n  company: f.foreignKey(() => Company),'
const byCustomer = '\n  customer: f.foreignKey(() => Company),'

const backfill = `
import { defineMigration, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['shop', '0002_order_company']],
  operations: [
    runSql({
      forwards: 'UPDATE shop_order SET company_id = (SELECT id FROM shop_company WHERE owner_id = customer_id)',
      backwards: [],
    }),
  ],
})
`

walkthrough(
  'repoint-foreign-key',
  'A foreign key comes to point at another model: a second key is added, filled and put in the place of the first',
  { files: { 'shop/models.ts': models(byUser) } },
  async ({ $, edit, say, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO shop_user (name) VALUES ('Ann'), ('Bob')")
    await sql("INSERT INTO shop_company (name, owner_id) VALUES ('Bob & Co', 2), ('Ann Ltd', 1)")
    await sql("INSERT INTO shop_order (number, customer_id) VALUES ('1001', 1), ('1002', 2)")
    say('The keys of users mean nothing among companies, so the new key begins empty.')
    edit('shop/models.ts', models(byBoth))
    await $('makemigrations')
    await $('makemigrations shop --empty -n companies')
    edit('shop/migrations/0003_companies.ts', backfill)
    say('Now the first key goes, the second is no longer optional, and then it takes the name of the first.')
    edit('shop/models.ts', models(byCompany))
    await $('makemigrations', 2)
    await $('makemigrations --answer shop.Order.company:fill=none')
    edit('shop/models.ts', models(byCustomer))
    await $('makemigrations --answer shop.Order.customer:renamedFrom=company')
    await $('migrate')
    await rows('SELECT number, name FROM shop_order JOIN shop_company ON shop_company.id = customer_id ORDER BY number')
    await $('makemigrations')
  },
)
