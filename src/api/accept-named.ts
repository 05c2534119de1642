import { fail } from '../errors/error.ts'
import type { AcceptedEdit, EditConsent } from '../execution/accept-edited.ts'
import type { MigrateEvent } from '../execution/migrate.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import { findMigration } from '../history/resolve-target.ts'
import { speakingAgainst } from '../project/ignored-drift.ts'
import type { Project } from '../project/project.ts'
import type { Judge } from '../reality/differences-of-apps.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'

/** Records the edits of the migrations that were named, before anything else is done. */
export async function acceptNamed(
  {
    acceptEdited: names = [],
    onUnseenEdits,
    wait = 600_000,
    onEvent,
  }: {
    readonly acceptEdited?: readonly string[] | undefined
    readonly onUnseenEdits?: EditConsent | undefined
    readonly wait?: number | undefined
    readonly onEvent?: ((event: MigrateEvent) => void) | undefined
  },
  site: { readonly graph: Graph; readonly project: Project; readonly session: Session; readonly placement: Placement },
): Promise<readonly AcceptedEdit[]> {
  if (names.length === 0) return []
  const keys = keysNamed(names, site)
  const { acceptEdited } = await import('../execution/accept-edited.ts')
  const judge: Judge = (discrepancies) => speakingAgainst(discrepancies, site.project)
  const onWait = (holder: string | undefined): void => onEvent?.({ kind: 'lockWait', holder })
  return acceptEdited(keys, { ...site, wait, onWait, onUnseenEdits, judge })
}

/** The migrations that are meant, in the order given. */
export function keysNamed(
  names: readonly string[],
  site: { readonly graph: Graph; readonly project: Project },
): readonly MigrationKey[] {
  return names.map((name) => keyNamed(name, site))
}

/** `billing.0003_status`, or the beginning of that; without the app where only one has such a migration. */
function keyNamed(
  text: string,
  { graph, project }: { readonly graph: Graph; readonly project: Project },
): MigrationKey {
  const labels = [...project.apps.keys()]
  const dot = text.indexOf('.')
  if (dot >= 0) return keyOfMigration(findMigration(graph, text.slice(0, dot), text.slice(dot + 1), labels))
  const apps = labels.filter((app) =>
    graph.loaded.some((migration) => migration.app === app && migration.name.startsWith(text)),
  )
  const [app, another] = apps
  if (app !== undefined && another === undefined) return keyOfMigration(findMigration(graph, app, text, labels))
  return fail('cli.invalidFlagValue', {
    flag: '--accept-edited',
    value: text,
    expected: `an app and a migration, such as ${[...(apps.length === 0 ? labels : apps)][0] ?? 'billing'}.0003_status`,
  })
}
