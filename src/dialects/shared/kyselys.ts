import type { Kysely, Dialect as KyselyDialect } from 'kysely'
import { loadKysely } from './quiet-loading.ts'

/** The Kyselys over the one connection of a session. */
export interface Kyselys {
  // biome-ignore lint/suspicious/noExplicitAny: the tables of a database are known to its user, not here.
  readonly main: () => Kysely<any>
  /** Kysely makes everybody wait for a transaction that it has begun, but it knows only its own. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly alongside: () => Kysely<any>
  readonly destroy: () => Promise<void>
}

/** Makes each of them when it is first wanted: loading Kysely takes time. */
export function kyselysOver(dialect: () => KyselyDialect): Kyselys {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const made = new Map<string, Kysely<any>>()
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const named = (name: string) => (): Kysely<any> => {
    const known = made.get(name) ?? new (loadKysely().Kysely)({ dialect: dialect() })
    made.set(name, known)
    return known
  }
  return {
    main: named('main'),
    alongside: named('alongside'),
    destroy: async () => {
      for (const kysely of made.values()) await kysely.destroy()
    },
  }
}
