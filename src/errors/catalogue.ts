import { cliSentences } from './catalogue/cli.ts'
import { configSentences } from './catalogue/config.ts'
import { databaseSentences } from './catalogue/database.ts'
import { detectionSentences } from './catalogue/detection.ts'
import { executionSentences } from './catalogue/execution.ts'
import { loadingSentences } from './catalogue/loading.ts'
import { migrationsSentences } from './catalogue/migrations.ts'
import { modelsSentences } from './catalogue/models.ts'
import { operationsSentences } from './catalogue/operations.ts'

/** Every sentence that Godwit says when it cannot do what was asked, by code. One file an area, so that each can be read as one text. */
export const catalogue = {
  ...modelsSentences,
  ...configSentences,
  ...loadingSentences,
  ...migrationsSentences,
  ...operationsSentences,
  ...databaseSentences,
  ...executionSentences,
  ...detectionSentences,
  ...cliSentences,
}
