/** Does something at once, and keeps warnings of one kind to itself meanwhile. */
export function quietly<Result>(about: RegExp, body: () => Result): Result {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!about.test(String(warning))) Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    return body()
  } finally {
    process.emitWarning = emitWarning
  }
}
