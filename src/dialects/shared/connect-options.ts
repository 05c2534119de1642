import type { Observer } from './observed.ts'

/** What every way of connecting to a server takes. */
export interface ConnectOptions {
  /** The database in words for messages. */
  readonly label?: string
  /** How long one statement may wait for a lock, in milliseconds; 2 seconds if not given. */
  readonly lockTimeout?: number | undefined
  /** How long one statement may take, in milliseconds; as long as it needs if not given. */
  readonly statementTimeout?: number | undefined
  /** Nothing will be written: a server that takes no writes is as good as any. */
  readonly forReading?: boolean | undefined
  /** The folder of the project, whose packages are tried where Godwit's own are not enough. */
  readonly baseDir?: string | undefined
  /** Called before and after every statement that is sent, whoever sends it. */
  readonly observe?: Observer | undefined
}

/** How long it may take to ask the server to stop a statement, in milliseconds. */
export const timeToCancel = 4000
