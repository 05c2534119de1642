import { walkthrough } from './walkthrough.ts'

const models = (token: string): string => `
import { f, model } from 'godwit'
export const Member = model('Member', {
  email: f.char({ maxLength: 100 }),${token}
})
`
const backfill = `
import { defineMigration, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['club', '0002_member_token']],
  operations: [
    runSql({
      forwards: "UPDATE club_member SET token = concat('token of ', email) WHERE token IS NULL",
      backwards: [],
    }),
  ],
})
`

walkthrough(
  'backfill-by-hand',
  'A unique value for each row that exists: nullable first, then filled, then NOT NULL',
  { files: { 'club/models.ts': models('') } },
  async ({ $, edit, show, say, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO club_member (email) VALUES ('ann@example.com'), ('bob@example.com')")
    say('One value for all rows cannot be unique, so the field is nullable to begin with.')
    edit('club/models.ts', models('\n  token: f.char({ maxLength: 120, null: true, unique: true }),'))
    await $('makemigrations')
    await $('makemigrations club --empty -n tokens')
    edit('club/migrations/0003_tokens.ts', backfill)
    edit('club/models.ts', models('\n  token: f.char({ maxLength: 120, unique: true }),'))
    say(
      'All rows have a token by then, so nothing takes the place of NULL. Where one had none, migrate would refuse before it begins.',
    )
    await $('makemigrations', 2)
    await $('makemigrations --answer club.Member.token:fill=none')
    show('club/migrations/0004_alter_member_token.ts')
    await $('migrate')
    await rows('SELECT email, token FROM club_member ORDER BY email')
    await $('makemigrations')
    await $('migrate club 0001')
    await rows('SELECT email FROM club_member ORDER BY email')
  },
)
