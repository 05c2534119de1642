import { walkthrough } from './walkthrough.ts'

const models = (options: string): string => `
import { f, model } from 'godwit'
export const Person = model('Person', { name: f.char({ maxLength: 50 }) })
export const Ticket = model('Ticket', {
  subject: f.char({ maxLength: 100 }),
  assignee: f.foreignKey(() => Person, { ${options} }),
})
`

walkthrough(
  'optional-foreign-key',
  'A foreign key becomes optional, with its rows kept and its rule changed',
  { files: { 'desk/models.ts': models("onDelete: 'cascade'") } },
  async ({ $, edit, show, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO desk_person (name) VALUES ('Ann')")
    await sql("INSERT INTO desk_ticket (subject, assignee_id) VALUES ('Printer on fire', 1)")
    edit('desk/models.ts', models("null: true, onDelete: 'setNull'"))
    await $('makemigrations')
    show('desk/migrations/0002_alter_ticket_assignee.ts')
    await $('migrate')
    await sql("INSERT INTO desk_ticket (subject, assignee_id) VALUES ('Who takes this?', NULL)")
    await sql("DELETE FROM desk_person WHERE name = 'Ann'")
    await rows('SELECT subject, assignee_id FROM desk_ticket ORDER BY id')
    await $('makemigrations')
  },
)
