/**
 * How long a statement waits for another connection by default, in milliseconds (`PRAGMA busy_timeout`). SQLite polls by itself; only a transaction that is
 * begun for writing waits at all, which is why every one of ours is.
 */
export const defaultBusyTimeout = 5000
