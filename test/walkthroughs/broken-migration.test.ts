import { walkthrough } from './walkthrough.ts'

const models = (phone: string): string => `
import { f, model } from 'godwit'
export const Contact = model('Contact', {
  name: f.char({ maxLength: 50 }),
  phone: f.char({ ${phone} }),
})
`

walkthrough(
  'broken-migration',
  'A migration fails over the rows that there are; nothing is half-done, and one that comes before it puts the rows right',
  { files: { 'crm/models.ts': models('maxLength: 20') } },
  async ({ $, edit, say, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO crm_contact (name, phone) VALUES ('Ann', '555'), ('Bob', '555'), ('Cid', '777')")
    edit('crm/models.ts', models('maxLength: 20, unique: true'))
    await $('makemigrations')
    await $('migrate', 2)
    await $('showmigrations')
    say(
      'The rows are made distinct by a migration of their own, which runs before: other databases have such rows as well.',
    )
    await $('makemigrations crm --empty -n distinct_phones')
    edit(
      'crm/migrations/0003_distinct_phones.ts',
      `
import { defineMigration, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['crm', '0001_initial']],
  runBefore: [['crm', '0002_alter_contact_phone']],
  operations: [
    runSql({
      forwards: \`UPDATE crm_contact SET phone = concat(phone, ' (', id, ')')
        WHERE id NOT IN (SELECT earliest FROM (SELECT min(id) AS earliest FROM crm_contact GROUP BY phone) AS kept)\`,
      backwards: [],
    }),
  ],
})
`,
    )
    await $('migrate')
    await rows('SELECT name, phone FROM crm_contact ORDER BY name')
    await $('makemigrations')
  },
)
