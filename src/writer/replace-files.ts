import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail } from '../errors/error.ts'
import { displayPath } from '../lib/display-path.ts'

export interface NewFile {
  /** Absolute. */
  readonly file: string
  readonly text: string
}

/**
 * Writes files and removes others: all of it, or nothing, as half of a history would be taken for all of it by the next run. A file that is written must
 * not exist yet, unless it is among those that are removed.
 *
 * @throws migrations.fileExists
 */
export async function replaceFiles(written: readonly NewFile[], removed: readonly string[] = []): Promise<void> {
  const undo: (() => Promise<void>)[] = []
  try {
    for (const { file, text } of written) {
      if (removed.includes(file)) {
        const former = await readFile(file)
        undo.push(() => writeFile(file, former))
        await writeWhole(file, text)
      } else {
        await claim(file)
        undo.push(() => rm(file, { force: true }))
        await writeWhole(file, text)
      }
    }
    for (const file of removed.filter((path) => !written.some((one) => one.file === path))) {
      const former = await readFile(file)
      undo.push(() => writeFile(file, former))
      await rm(file)
    }
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }
}

/** The file has all of its text or is as it was: the text is written beside it and renamed over it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.draft`
  try {
    await writeFile(draft, text)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Makes an empty file, which only one of several processes can. */
async function claim(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, '', { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      fail('migrations.fileExists', { file: displayPath(file) }, { cause: error })
    }
    throw error
  }
}
