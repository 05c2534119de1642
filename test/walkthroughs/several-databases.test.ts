import { walkthrough } from './walkthrough.ts'

const shop = `
import { f, model } from 'godwit'
import { Visit } from '../stats/models.ts'
export const Order = model('Order', {
  number: f.char({ maxLength: 20 }),
  visit: f.foreignKey(() => Visit, { null: true }),
})
`
const stats = (field: string): string => `
import { f, model } from 'godwit'
export const Visit = model('Visit', { page: f.char({ maxLength: 100 })${field} })
`

walkthrough(
  'several-databases',
  'One project in two databases: a router says what lives where, and each has a record of its own',
  {
    files: { 'shop/models.ts': shop, 'stats/models.ts': stats('') },
    databases: ['analytics'],
    router: { stats: 'analytics' },
  },
  async ({ $, edit, show, say, sql, rows }) => {
    show('godwit.config.ts')
    await $('makemigrations')
    await $('migrate --plan')
    await $('migrate')
    await $('migrate --database analytics')
    say('The key leads from one database into the other, so it is a column and no constraint.')
    await sql("INSERT INTO stats_visit (page) VALUES ('/tea')", 'analytics')
    await sql("INSERT INTO shop_order (number, visit_id) VALUES ('1001', 1)")
    await rows('SELECT number, visit_id FROM shop_order')
    edit('stats/models.ts', stats(', seconds: f.integer({ default: 0 })'))
    await $('makemigrations')
    await $('migrate --database analytics')
    await rows('SELECT page, seconds FROM stats_visit', 'analytics')
    await $('showmigrations stats')
    await $('migrate')
    await $('showmigrations stats')
    await $('makemigrations')
  },
)
