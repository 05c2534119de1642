/** What a server, or the driver, says of an error. */
export interface ServerError {
  /** The number of the server's error (https://mariadb.com/kb/en/mariadb-error-codes/). */
  readonly number: number | undefined
  /** Its name, or the code of one of the system: `ER_DUP_ENTRY`, `ECONNRESET`. */
  readonly code: string | undefined
  readonly message: string
}

/** Reads what a driver threw; drivers of MariaDB's own put the number into the message as well. */
export function serverError(error: unknown): ServerError {
  const part = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
  const [number, code, said] = [part('errno'), part('code'), part('sqlMessage')]
  const message = error instanceof Error ? error.message : String(part('message') ?? error)
  return {
    // What the system says has a negative number.
    number: typeof number === 'number' && number > 0 ? number : undefined,
    code: typeof code === 'string' ? code : undefined,
    message: typeof said === 'string' && said !== '' ? said : message,
  }
}

/** The number of a server's error; undefined where no server said it. */
export function errorNumberOf(error: unknown): number | undefined {
  return serverError(error).number
}
