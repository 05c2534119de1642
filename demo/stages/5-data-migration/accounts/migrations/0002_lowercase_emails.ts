import { defineMigration, runCode } from 'godwit/migrations'

export default defineMigration({
  dependencies: [['accounts', '0001_initial']],
  operations: [
    runCode({
      async forwards({ db, log }) {
        const users = await db.selectFrom('accounts_user').select(['id', 'email']).execute()
        const changed = users.filter(({ email }) => email !== email.toLowerCase())
        for (const { id, email } of changed) {
          await db.updateTable('accounts_user').set({ email: email.toLowerCase() }).where('id', '=', id).execute()
        }
        log(`${changed.length} of ${users.length} addresses changed`)
      },
      // Nothing to undo: older code reads addresses in lower case as well.
      backwards() {},
    }),
  ],
})
