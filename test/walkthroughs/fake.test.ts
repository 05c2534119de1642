import { walkthrough } from './walkthrough.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const Sensor = model('Sensor', {
  name: f.char({ maxLength: 50 }),${fields}
})
`

walkthrough(
  'fake',
  'A wrongly recorded history is put right: what somebody did by hand is recorded, and what was recorded by mistake is not',
  { files: { 'lab/models.ts': models('') }, perDatabase: true },
  async ({ $, edit, say, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO lab_sensor (name) VALUES ('north')")
    edit('lab/models.ts', models("\n  unit: f.char({ maxLength: 10, default: 'K' }),"))
    await $('makemigrations')
    say('In the night of the incident somebody added the column by hand.')
    await sql("ALTER TABLE lab_sensor ADD COLUMN unit varchar(10) DEFAULT 'K' NOT NULL")
    await $('migrate', 2)
    await $('migrate lab 0002 --fake')
    await $('showmigrations')
    await $('makemigrations')
    say('Then somebody said --fake where it was not so.')
    edit(
      'lab/models.ts',
      models("\n  unit: f.char({ maxLength: 10, default: 'K' }),\n  active: f.boolean({ default: true }),"),
    )
    await $('makemigrations')
    await $('migrate --fake')
    await $('showmigrations')
    await $('migrate lab 0002 --fake')
    await $('migrate')
    await rows('SELECT name, unit FROM lab_sensor WHERE active')
  },
)
