import { f } from '../../src/index.ts'
import { testOnEach } from '../support/databases.ts'
import { adopt, assertApproved, editionFor } from './adopt.ts'
import { changed } from './changed.ts'

testOnEach('types, defaults, checks and indexes of all sorts are read as a model says them', async (on) => {
  await adopt(on, [editionFor(on, 'defaults')], async ({ read, evolve }) => {
    assertApproved('defaults', on, read.source)
    await evolve(
      changed(read.state)
        .add('Sample', 'later', f.integer({ null: true }))
        .alter('Sample', 'price', { maxDigits: 12 }),
    )
  })
})
