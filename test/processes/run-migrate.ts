import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../src/dialects/sqlite/index.ts'

const script = join(import.meta.dirname, 'migrate-and-die.ts')

/** Migrates in a process of its own, which kills itself at a point (0: never). */
export function run(file: string, direction: string, point: number) {
  return new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [script, file, direction, String(point)], {
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'godwit-compile-cache') },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** The schema and every row, the record's times left out. */
export async function contents(path: string) {
  const session = await openSqlite({ path })
  try {
    const schema = await session.inspect()
    const rows: Record<string, unknown> = {}
    for (const table of schema.tables.keys()) {
      rows[table] = await session.query({ parts: ['SELECT * FROM ', { name: table }, ' ORDER BY 1'] })
    }
    const record = await session.query({
      parts: ['SELECT app, name, checksum FROM godwit_migrations ORDER BY app, name'],
    })
    const journal = await session.query({ parts: ['SELECT * FROM godwit_journal'] })
    return { tables: [...schema.tables], rows, record, journal }
  } finally {
    await session.close()
  }
}
