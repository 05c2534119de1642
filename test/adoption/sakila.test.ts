import { f, unique } from '../../src/index.ts'
import { testOnEach } from '../support/databases.ts'
import { adopt, assertApproved, editionFor } from './adopt.ts'
import { changed } from './changed.ts'

testOnEach('Sakila is adopted as it is, evolved and taken back', async (on) => {
  await adopt(on, [editionFor(on, 'sakila')], async ({ read, evolve }) => {
    assertApproved('sakila', on, read.source)
    const next = changed(read.state)
      .add('Film', 'views', f.integer({ default: 0 }))
      .rename('Customer', 'email', 'contact')
      .alter('Category', 'name', { null: true })
      .remove('Address', 'address2')
      .add('Rental', 'recommendedBy', f.foreignKey('shop.Customer', { null: true, onDelete: 'setNull' }))
      .constrain('Actor', unique({ fields: ['firstName', 'lastName'], name: 'actor_once' }))
    await evolve(next, { lost: ['address.address2'], renamed: { 'customer.email': 'contact' } })
  })
})
