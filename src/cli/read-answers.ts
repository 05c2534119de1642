import { readFile } from 'node:fs/promises'
import { type Answers, parseAnswers } from '../autodetector/parse-answers.ts'
import { fail } from '../errors/error.ts'

/** The answers of `--answer` and of the file of `--answers`. */
export async function readAnswers(flags: readonly string[], file: string | undefined): Promise<Answers> {
  return parseAnswers(file === undefined ? { flags } : { flags, json: await readJson(file) })
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const problem = error instanceof SyntaxError ? `it is no JSON (${error.message})` : 'the file cannot be opened'
    return fail('cli.answersUnreadable', { file, problem }, { cause: error })
  }
}
