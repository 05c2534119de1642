import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fail } from '../errors/error.ts'
import { inWords, isRecord } from './in-words.ts'

interface Place {
  readonly file: string
  readonly root: string
}

interface NamedFolder {
  readonly label: string
  /** As the config spells it. */
  readonly folder: string
}

/** Refuses what `apps` cannot be, and returns the absolute folder of each app, in the order of the config. */
export function checkApps(apps: unknown, { file, root }: Place): ReadonlyMap<string, string> {
  const named = namedFolders(apps, file)
  if (named.length === 0) fail('config.noApps', { file })
  const byLabel = new Map<string, NamedFolder>()
  const labelByFolder = new Map<string, string>()
  const folders = new Map<string, string>()
  for (const app of named) {
    const { label, folder } = app
    if (!/^[a-z][a-z0-9_]*$/.test(label)) fail('config.labelNotUsable', { file, label })
    const sameLabel = byLabel.get(label)
    if (sameLabel !== undefined) fail('config.labelTwice', { file, label, folders: [sameLabel.folder, folder] })
    const path = resolve(root, folder)
    const otherLabel = labelByFolder.get(path)
    if (otherLabel !== undefined) fail('config.folderTwice', { file, folder, labels: [otherLabel, label] })
    checkFolder(path, app, file)
    byLabel.set(label, app)
    labelByFolder.set(path, label)
    folders.set(label, path)
  }
  return folders
}

function namedFolders(apps: unknown, file: string): readonly NamedFolder[] {
  if (Array.isArray(apps)) {
    return apps.map((folder: unknown, index) => {
      const text = checkText(folder, `number ${index + 1}`, file)
      return { label: basename(resolve('/', text)), folder: text }
    })
  }
  if (!isRecord(apps)) fail('config.appsNotUsable', { file, found: inWords(apps) })
  return Object.entries(apps).map(([label, folder]) => ({ label, folder: checkText(folder, label, file) }))
}

function checkText(folder: unknown, app: string, file: string): string {
  if (typeof folder === 'string' && folder !== '') return folder
  return fail('config.appFolderNotUsable', { file, app, found: inWords(folder) })
}

function checkFolder(path: string, { label, folder }: NamedFolder, file: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) {
    fail('config.appFolderMissing', { file, app: label, folder, name: basename(path), known: foldersIn(dirname(path)) })
  }
  if (!found.isDirectory()) fail('config.appFolderIsFile', { file, app: label, folder })
}

function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  } catch {
    // The folder above does not exist either, so there is nothing near.
    return []
  }
}
