import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GeneratedModel } from './evolve.ts'
import { indexSource } from './evolve.ts'
import { fieldSource } from './fields.ts'
import type { GeneratedApp, GeneratedMigration } from './generate.ts'
import { call, print, type Source } from './source.ts'

/** The files of a project that a benchmark imports by itself. */
export interface WrittenProject {
  readonly folder: string
  readonly url: string
  /** Config, models and migrations: all that a command imports. */
  readonly files: readonly string[]
  readonly migrations: number
}

/** Writes a generated project to a folder: config, which names the database, models and migrations. */
export function writeProject(folder: string, apps: readonly GeneratedApp[], url: string): WrittenProject {
  const files: string[] = []
  const write = (path: string, text: string): void => {
    writeFileSync(join(folder, path), text)
    files.push(join(folder, path))
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n')
  write('godwit.config.ts', configText(apps, url))
  for (const app of apps) {
    mkdirSync(join(folder, 'src', app.label, 'migrations'), { recursive: true })
    write(`src/${app.label}/models.ts`, modelsText(app))
    for (const migration of app.migrations) {
      write(`src/${app.label}/migrations/${migration.name}.ts`, migrationText(migration))
    }
  }
  const migrations = apps.reduce((sum, app) => sum + app.migrations.length, 0)
  return { folder, url, files, migrations }
}

function configText(apps: readonly GeneratedApp[], url: string): string {
  const folders = Object.fromEntries(apps.map(({ label }) => [label, `./src/${label}`]))
  const config = call('defineConfig', { apps: folders, databases: { default: url } })
  return `import { defineConfig } from 'godwit'\n\nexport default ${print(config)}\n`
}

function modelsText({ label, models }: GeneratedApp): string {
  const targets = models.flatMap(({ fields }) => [...fields.values()].flatMap(({ to }) => to ?? []))
  const imported = new Set(targets.map((to) => to.split('.')[0] ?? '').filter((app) => app !== label))
  const imports = [...imported].toSorted().map((app) => `import * as ${app} from '../${app}/models.ts'\n`)
  const targetOf = (to: string): Source => ({
    verbatim: `() => ${to.startsWith(`${label}.`) ? to.slice(label.length + 1) : to}`,
  })
  const texts = models.map((model) => `\nexport const ${model.name} = ${print(modelSource(model, targetOf))}\n`)
  return `import { f, index, model } from 'godwit'\n${imports.join('')}${texts.join('')}`
}

function modelSource({ name, fields, indexes }: GeneratedModel, targetOf: (key: string) => Source): Source {
  const sources = [...fields].map(([field, declared]) => [field, fieldSource(declared, targetOf)] as const)
  const meta = indexes.length === 0 ? undefined : { indexes: indexes.map(indexSource) }
  return call('model', name, Object.fromEntries(sources), meta)
}

function migrationText({ dependencies, operations }: GeneratedMigration): string {
  const lines = operations.map((operation) => `    ${print(operation)},\n`)
  const body = `{\n  dependencies: ${print(dependencies)},\n  operations: [\n${lines.join('')}  ],\n}`
  const used = new Set(operations.map((operation) => operation.call))
  if (/\bf\./.test(body)) used.add('f')
  if (/\bindex\(/.test(body)) used.add('index')
  const names = ['defineMigration', ...used].toSorted()
  return `import { ${names.join(', ')} } from 'godwit/migrations'\n\nexport default defineMigration(${body})\n`
}
