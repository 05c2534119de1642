import type { InitProjectResult } from '../../api/init-project.ts'
import { displayPath } from '../../lib/display-path.ts'
import { defineCommand } from '../command.ts'

export const initCommand = defineCommand({
  name: 'init',
  summary: 'Begin a project: a config and a first app',
  details:
    'Writes godwit.config.ts and an app to begin with, notes/models.ts (src/notes/models.ts if there is a src/), in the working directory.\n' +
    'Nothing is ever overwritten; it opens no database, and says what to do next.',
  arguments: [],
  flags: {},
  examples: [{ line: 'npx godwit init', does: 'in the folder of package.json' }],
  async run() {
    const { initProject } = await import('../../api/init-project.ts')
    const result = await initProject({})
    const steps = nextSteps(result)
    const lines = [
      ...result.written.map((file) => `Wrote ${displayPath(file)}`),
      ...result.kept.map((file) => `Left alone ${displayPath(file)}: it exists`),
      ...(steps.length === 0 ? [] : ['', 'Next', ...steps.map((step, index) => `  ${index + 1}. ${step}`)]),
    ]
    return { data: result, lines }
  },
})

function nextSteps({ written, installed, moduleType, notIgnored }: InitProjectResult): readonly string[] {
  return [
    ...(moduleType === 'noPackage' ? ['Make this folder a package: npm init -y && npm pkg set type=module'] : []),
    ...(moduleType === 'commonjs'
      ? ['Add "type": "module" to package.json (npm pkg set type=module): the config and the models are ES modules']
      : []),
    ...(installed ? [] : ['Install Godwit: npm install godwit']),
    // In a project that stands already the rest was done long ago.
    ...(written.length === 0
      ? []
      : [
          'Change the models to what you need',
          'Write the first migration: npx godwit makemigrations',
          'Make the tables: npx godwit migrate',
        ]),
    ...(notIgnored.length === 0 ? [] : [`Keep the database out of git: add ${notIgnored.join(' and ')} to .gitignore`]),
  ]
}
