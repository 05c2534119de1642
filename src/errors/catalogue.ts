import { adoptingSentences } from './catalogue/adopting.ts'
import { checkingSentences } from './catalogue/checking.ts'
import { cliSentences } from './catalogue/cli.ts'
import { configSentences } from './catalogue/config.ts'
import { connectionSentences } from './catalogue/connection.ts'
import { databaseSentences } from './catalogue/database.ts'
import { detectionSentences } from './catalogue/detection.ts'
import { driftSentences } from './catalogue/drift.ts'
import { executionSentences } from './catalogue/execution.ts'
import { historySentences } from './catalogue/history.ts'
import { inspectingSentences } from './catalogue/inspecting.ts'
import { loadingSentences } from './catalogue/loading.ts'
import { mergeSentences } from './catalogue/merge.ts'
import { migrationsSentences } from './catalogue/migrations.ts'
import { missingSentences } from './catalogue/missing.ts'
import { modelsSentences } from './catalogue/models.ts'
import { operationsSentences } from './catalogue/operations.ts'
import { optimizeSentences } from './catalogue/optimize.ts'
import { querySentences } from './catalogue/query.ts'
import { repairSentences } from './catalogue/repair.ts'
import { replacesSentences } from './catalogue/replaces.ts'
import { resetsSentences } from './catalogue/resets.ts'
import { routingSentences } from './catalogue/routing.ts'
import { squashSentences } from './catalogue/squash.ts'
import { updateSentences } from './catalogue/update.ts'

/** Every sentence that Godwit says when it cannot do what was asked, by code. One file an area, so that each can be read as one text. */
export const catalogue = {
  ...modelsSentences,
  ...configSentences,
  ...loadingSentences,
  ...migrationsSentences,
  ...replacesSentences,
  ...resetsSentences,
  ...squashSentences,
  ...optimizeSentences,
  ...operationsSentences,
  ...connectionSentences,
  ...databaseSentences,
  ...querySentences,
  ...executionSentences,
  ...missingSentences,
  ...historySentences,
  ...routingSentences,
  ...detectionSentences,
  ...cliSentences,
  ...mergeSentences,
  ...updateSentences,
  ...inspectingSentences,
  ...driftSentences,
  ...repairSentences,
  ...checkingSentences,
  ...adoptingSentences,
}
