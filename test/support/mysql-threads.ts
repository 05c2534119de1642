type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * The threads of the server that stand in a database, and whose statement begins so. MySQL's information_schema.processlist fails as soon as anybody's statement
 * has a letter in it that takes four bytes; this never does.
 */
export async function threadsIn(
  database: string,
  all: (query: string) => Promise<Rows>,
  beginning = '',
): Promise<readonly number[]> {
  const threads = await all('SHOW FULL PROCESSLIST')
  return threads
    .filter(({ db, Info }) => db === database && String(Info ?? '').startsWith(beginning))
    .map(({ Id }) => Number(Id))
}
