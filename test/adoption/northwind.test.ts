import { f, unique } from '../../src/index.ts'
import { testOnEach } from '../support/databases.ts'
import { adopt, assertApproved, editionFor } from './adopt.ts'
import { changed } from './changed.ts'

testOnEach('Northwind is adopted as it is, evolved and taken back', async (on) => {
  // In the editions of SQLite and MySQL names are as Microsoft has them.
  const [customers, fax, contactName] =
    on.kind === 'postgres' ? ['customers', 'fax', 'contact_name'] : ['Customers', 'Fax', 'ContactName']
  await adopt(on, [editionFor(on, 'northwind')], async ({ read, evolve, makeElsewhere }) => {
    assertApproved('northwind', on, read.source)
    await makeElsewhere()
    const next = changed(read.state)
      .add('OrderDetails', 'note', f.text({ default: 'none' }))
      .rename('Customers', 'contactName', 'person')
      .alter('Shippers', 'companyName', { null: true })
      .remove('Customers', 'fax')
      .add('Suppliers', 'bestProduct', f.oneToOne('shop.Products', { null: true, relatedName: 'bestOf' }))
      .constrain('Shippers', unique({ fields: ['companyName', 'phone'], name: 'shipper_once' }))
    await evolve(next, { lost: [`${customers}.${fax}`], renamed: { [`${customers}.${contactName}`]: 'person' } })
  })
})
