import assert from 'node:assert/strict'
import { f, unique } from '../../src/index.ts'
import { testOnEach } from '../support/databases.ts'
import { adopt, assertApproved, editionFor, textOf } from './adopt.ts'
import { changed } from './changed.ts'

testOnEach('Chinook is adopted as it is, evolved and taken back', async (on) => {
  await adopt(on, [editionFor(on, 'chinook'), textOf('chinook/rows.sql')], async ({ read, evolve, makeElsewhere }) => {
    assertApproved('chinook', on, read.source)
    assert.deepEqual([...read.differences.values()].flat(), [])
    assert.deepEqual(read.unread, [])
    await makeElsewhere()
    const next = changed(read.state)
      .add('Customer', 'loyalty', f.integer({ default: 0 }))
      .rename('Track', 'composer', 'writtenBy')
      .alter('Artist', 'name', { maxLength: 200 })
      .remove('Customer', 'fax')
      .add('Playlist', 'owner', f.foreignKey('shop.Customer', { null: true, onDelete: 'setNull' }))
      .constrain('Genre', unique({ fields: ['name'], name: 'genre_name_once' }))
    await evolve(next, {
      lost: ['Customer.Fax'],
      renamed: { 'Track.Composer': 'written_by' },
    })
  })
})
