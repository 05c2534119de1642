import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { migrateFile } from './migrate-file.ts'
import { contents, run } from './run-migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'godwit-kill-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

for (const direction of ['forwards', 'backwards'] as const) {
  test(`a process killed at any statement, ${direction}, leaves a database that the next migrate completes`, async () => {
    const start = join(folder, `start-${direction}.db`)
    if (direction === 'backwards') await migrateFile(start, 'forwards')
    const undisturbed = copyOf(start, `undisturbed-${direction}`)
    const points = await migrateFile(undisturbed, direction)
    const expected = await contents(undisturbed)

    const killed: number[] = []
    const converged: number[] = []
    await inParallel(
      Array.from({ length: points }, (_, index) => index + 1),
      async (point) => {
        const file = copyOf(start, `${direction}-${point}`)
        const death = await run(file, direction, point)
        if (death.signal === 'SIGKILL') killed.push(point)
        await migrateFile(file, direction)
        assert.deepEqual(await contents(file), expected, `killed at point ${point}`)
        converged.push(point)
        rmSync(file)
      },
    )
    console.log(`${direction}: ${killed.length} of ${points} points killed the process, ${converged.length} converged`)
    assert.equal(killed.length, points)
    assert.equal(converged.length, points)
  })
}

function copyOf(start: string, name: string): string {
  const file = join(folder, `${name}.db`)
  try {
    copyFileSync(start, file)
  } catch {
    // The forwards run starts from no file at all.
  }
  return file
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
    }),
  )
}
