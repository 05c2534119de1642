import { readFile } from 'node:fs/promises'
import type { Migration } from '../history/migration.ts'
import { lexemesOf } from '../writer/lexemes.ts'
import { operationStarts } from './file-parts.ts'
import { withoutTypes } from './migration-source.ts'

/** A place in a file, as editors count: from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Where each operation of a migration stands in its file; nothing where the file does not list them one by one. */
export async function operationPlaces({ file, definition }: Migration): Promise<readonly Place[]> {
  if (file === undefined) return []
  const source = (await readFile(file, 'utf8')).replace(/^\ufeff/, '')
  const code = withoutTypes(source, file)
  const starts = code === undefined ? undefined : operationStarts(source, lexemesOf(code))
  return starts?.length === definition.operations.length ? starts.map((start) => placeAt(source, start)) : []
}

/** The place of a character in a text. */
export function placeAt(source: string, position: number): Place {
  const lines = source.slice(0, position).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
