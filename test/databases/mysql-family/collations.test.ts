import assert from 'node:assert/strict'
import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { replay } from '../../../src/history/replay.ts'
import { createModel, defineMigration, f } from '../../../src/migrations.ts'
import { historicalModels } from '../../../src/query/historical-models.ts'
import { testOnEach } from '../../support/databases.ts'
import {
  createMysqlDatabase,
  mariadbProduct,
  mariadbUnderTest,
  mysqlProduct,
  mysqlUnderTest,
} from '../../support/mysql-database.ts'

const family = [mariadbUnderTest, mysqlUnderTest].filter(({ kind, skip }) => kind === 'mariadb' || skip === false)

/** What databases of other hands are made with. */
const charsets = [
  'CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
  'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
  'CHARACTER SET latin1 COLLATE latin1_swedish_ci',
  'CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci',
]

for (const charset of charsets) {
  testOnEach(
    `texts of several collations are computed with and searched, in a database of ${charset}`,
    async ({ kind }) => {
      const database = await createMysqlDatabase(kind === 'mariadb' ? mariadbProduct : mysqlProduct, charset)
      const session = await database.openSession()
      try {
        const text = f.char({ maxLength: 100, null: true })
        const fields = {
          id: f.bigAuto({ primaryKey: true }),
          plain: text,
          binary: f.char({ maxLength: 100, collation: 'utf8mb4_bin' }),
          other: f.char({ maxLength: 100, collation: 'utf8mb4_unicode_520_ci' }),
          result: f.text({ default: '' }),
        }
        const operations = [createModel({ name: 'Word', fields })]
        const graph = buildGraph([{ app: 'zoo', name: '0001_initial', definition: defineMigration({ operations }) }])
        await migrate({ session, graph })
        const { Word } = historicalModels({
          state: replay(graph, graph.order),
          dialect: session.dialect,
          db: session.kysely,
          models: { Word: 'zoo.Word' },
          migration: 'zoo.0002_code',
        })
        assert.ok(Word)
        await Word.bulkCreate([
          { plain: 'Öl_1%', binary: 'Öl_1%', other: 'Öl_1%' },
          { plain: 'öl-1x', binary: 'öl-1x', other: 'öl-1x' },
          { plain: null, binary: '', other: 'ÖL ' },
        ])
        const found = async (filter: object): Promise<readonly unknown[]> =>
          (await Word.filter(filter).orderBy('id').rows()).map(({ id }) => id)
        for (const name of ['plain', 'binary', 'other']) {
          const about = `${name} in ${charset}`
          assert.deepEqual(await found({ [name]: { contains: 'l_1' } }), [1], about)
          assert.deepEqual(await found({ [name]: { startsWith: 'ö' } }), [2], about)
          assert.deepEqual(await found({ [name]: { endsWith: '%' } }), [1], about)
          assert.deepEqual(await found({ [name]: { iexact: 'ÖL_1%' } }), [1], about)
        }
        assert.deepEqual(await found({ other: { iexact: 'öl' } }), [])
        // Equal is what is the same, as elsewhere; but for a field that says itself what is equal.
        assert.deepEqual(await found({ plain: 'öl_1%' }), [])
        assert.deepEqual(await found({ plain: { in: ['öl_1%', 'Öl_1%', 'ÖL-1X'] } }), [1])
        assert.deepEqual(await found({ plain: { not: 'öl_1%' } }), [1, 2, 3])
        assert.deepEqual(await found({ plain: { not: { in: ['Öl_1% ', 'öl-1x', null] } } }), [1])
        assert.deepEqual(await found({ other: 'öl' }), [3])
        await Word.filter({}).update({
          result: ({ column, concat, coalesce, lower, upper, when }) =>
            concat(
              coalesce(column('plain'), column('binary'), 'none'),
              lower(column('other')),
              upper(column('binary')),
              when({ plain: 'öl-1x' }, column('plain'), column('other')),
              column('id'),
              'é',
            ),
        })
        assert.deepEqual(
          (await Word.orderBy('id').values('result').rows()).map(({ result }) => result),
          ['Öl_1%öl_1%ÖL_1%Öl_1%1é', 'öl-1xöl-1xÖL-1Xöl-1x2é', 'öl ÖL 3é'],
        )
      } finally {
        await session.close()
        await database.drop()
      }
    },
    family,
  )
}
