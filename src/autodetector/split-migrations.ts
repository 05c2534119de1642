import { invariant } from '../lib/invariant.ts'
import type { DetectedOperation, Stage } from './detection.ts'

/** Operations of one app that go into one migration. */
export interface Batch {
  readonly app: string
  readonly stage: Stage
  readonly operations: readonly DetectedOperation[]
}

const stages: readonly Stage[] = ['enums', 'together', 'backfill', 'tighten']

/**
 * Divides operations into migrations, in an order in which they can run: an app's whole list where nothing that it waits for is missing; where apps
 * wait for each other, what can be done of one. Every stage has migrations of its own.
 */
export function splitMigrations(operations: readonly DetectedOperation[]): readonly Batch[] {
  const done = new Set<number>()
  const byStage = Map.groupBy(operations, ({ stage }) => stage)
  return stages.flatMap((stage) => splitStage(stage, byStage.get(stage) ?? [], done))
}

/** An app's list, with how far it was taken and how far it could be. */
interface Queue {
  readonly app: string
  readonly list: readonly DetectedOperation[]
  taken: number
  ready: number
}

function splitStage(stage: Stage, operations: readonly DetectedOperation[], done: Set<number>): readonly Batch[] {
  const batches: Batch[] = []
  const take = (queue: Queue): void => {
    const taken = queue.list.slice(queue.taken, queue.ready)
    for (const { position } of taken) done.add(position)
    batches.push({ app: queue.app, stage, operations: taken })
    queue.taken = queue.ready
  }
  let queues: readonly Queue[] = [...Map.groupBy(operations, ({ app }) => app)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([app, list]) => ({ app, list, taken: 0, ready: 0 }))
  while (queues.length > 0) {
    for (const queue of queues) advance(queue, done)
    const whole = queues.filter(({ list, ready }) => ready === list.length)
    const chosen = whole.length > 0 ? whole : [bestPart(queues, done)].filter((queue) => queue !== undefined)
    invariant(chosen.length > 0, 'what comes first of all operations waits for nothing')
    for (const queue of chosen) take(queue)
    queues = queues.filter(({ list, taken }) => taken < list.length)
  }
  return batches
}

/** Of the queues of which only a part can be done, the first by which another one gets on; fewer migrations come of that. */
function bestPart(queues: readonly Queue[], done: ReadonlySet<number>): Queue | undefined {
  const missing = new Set(
    queues.flatMap(({ list, ready }) => list[ready]?.waitsFor ?? []).filter((at) => !done.has(at)),
  )
  const parts = queues.filter(({ taken, ready }) => ready > taken)
  const helps = ({ list, taken, ready }: Queue): boolean =>
    list.slice(taken, ready).some(({ position }) => missing.has(position))
  return parts.find(helps) ?? parts[0]
}

function advance(queue: Queue, done: ReadonlySet<number>): void {
  const isReady = (one: DetectedOperation | undefined): boolean =>
    one?.waitsFor.every((position) => done.has(position)) === true
  while (isReady(queue.list[queue.ready])) queue.ready += 1
}
