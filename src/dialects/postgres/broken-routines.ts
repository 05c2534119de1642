import { sql } from '../../schema/sql.ts'
import { notOfAnExtension, type Query, text } from './catalog.ts'
import { type Target, targetRows } from './read-dependencies.ts'
import { splitTableName } from './table-name.ts'
import { tokenize } from './tokens.ts'

/** A function or procedure that will not work any more. */
export interface BrokenRoutine {
  readonly kind: 'function' | 'procedure'
  readonly name: string
  /** The target that it speaks of, by its place in the list of targets. */
  readonly target: number
}

/**
 * Finds the functions and procedures whose body is a string that names what is dropped: the server follows nothing in it, so they fail when they are
 * next called. The function of a trigger need not name the table that it stands on.
 */
export async function readBrokenRoutines(query: Query, targets: readonly Target[]): Promise<readonly BrokenRoutine[]> {
  if (!targets.some(isDropped)) return []
  const rows = await query(sql`WITH target AS ${targetRows(targets)}
    SELECT f.oid::regprocedure::text AS name, f.prokind::text AS kind, f.prosrc AS body, t.number,
      EXISTS (SELECT FROM pg_catalog.pg_trigger AS g JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid
        JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
        WHERE g.tgfoid = f.oid AND c.relname = t.relation AND s.nspname = t.schema) AS stands_on
    FROM target AS t
    JOIN pg_catalog.pg_proc AS f ON strpos(lower(f.prosrc), lower(coalesce(t.attribute, t.relation))) > 0
    JOIN pg_catalog.pg_language AS l ON l.oid = f.prolang AND l.lanname NOT IN ('internal', 'c')
    JOIN pg_catalog.pg_namespace AS n ON n.oid = f.pronamespace
    WHERE t.effect IN ('dropColumn', 'dropTable') AND f.prosqlbody IS NULL
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND ${notOfAnExtension('pg_proc', sql`f.oid`)}
    ORDER BY t.number, f.oid::regprocedure::text`)
  return rows.flatMap((row): readonly BrokenRoutine[] => {
    const number = Number(row['number'])
    const target = targets[number]
    if (target === undefined || !names(text(row['body']), target, row['stands_on'] === true)) return []
    return [{ kind: row['kind'] === 'p' ? 'procedure' : 'function', name: text(row['name']), target: number }]
  })
}

function isDropped({ effect }: Target): boolean {
  return effect === 'dropColumn' || effect === 'dropTable'
}

/** Whether a body names a target as words, comments apart. Strings count, since they may be statements that the body makes. */
function names(body: string, target: Target, standsOnIt: boolean): boolean {
  if ('type' in target) return false
  const code = tokenize(body)
    .map((token) => token.text)
    .join(' ')
  const has = (word: string): boolean => wordRule(word).test(code)
  const { table } = splitTableName(target.table)
  return 'column' in target ? has(target.column) && (standsOnIt || has(table)) : has(table)
}

function wordRule(word: string): RegExp {
  const escaped = word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'iu')
}
