import type { BranchInQuestion } from '../autodetector/question.ts'

/** Branches as lines: each by its last migration, with the migrations that belong to it and what they do. */
export function branchLines(branches: readonly BranchInQuestion[]): readonly string[] {
  return branches.flatMap(({ name, migrations }) => [`  Branch ${name}`, ...migrations.flatMap(migrationLines)])
}

function migrationLines({ name, operations }: BranchInQuestion['migrations'][number]): readonly string[] {
  return [`    ${name}`, ...operations.map((operation) => `      ${operation}`)]
}
