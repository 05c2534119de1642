import { displayPath } from '../../lib/display-path.ts'
import { defineCommand } from '../command.ts'

export const initCommand = defineCommand({
  name: 'init',
  summary: 'Begin a project: a config and a first app',
  details:
    'Writes godwit.config.ts and notes/models.ts in the working directory (under src/ if there is one).\nNothing is ever overwritten.',
  arguments: [],
  flags: {},
  examples: [{ line: 'npx godwit init', does: 'in the folder of package.json' }],
  async run() {
    const { initProject } = await import('../../api/init-project.ts')
    const result = await initProject({})
    const lines = [
      ...result.written.map((file) => `Wrote ${displayPath(file)}`),
      ...result.kept.map((file) => `Left alone ${displayPath(file)}: it exists`),
      '',
      'Next',
      ...nextSteps(result).map((step, index) => `  ${index + 1}. ${step}`),
    ]
    return { data: result, lines }
  },
})

function nextSteps({
  installed,
  moduleType,
}: {
  readonly installed: boolean
  readonly moduleType: string
}): readonly string[] {
  return [
    ...(moduleType === 'noPackage' ? ['Make this folder a package: npm init -y && npm pkg set type=module'] : []),
    ...(moduleType === 'commonjs'
      ? ['Add "type": "module" to package.json (npm pkg set type=module): the config and the models are ES modules']
      : []),
    ...(installed ? [] : ['Install Godwit: npm install godwit']),
    'Change the models to what you need',
    'Write the first migration: npx godwit makemigrations',
    'Make the tables: npx godwit migrate',
  ]
}
