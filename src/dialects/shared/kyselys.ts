import type { Dialect as KyselyDialect } from 'kysely'
import type { Session } from '../../schema/dialect.ts'
import { loadKysely } from './quiet-loading.ts'

type AnyKysely = Session['kysely']

/** The Kyselys over the one connection of a session. */
export interface Kyselys {
  readonly main: () => AnyKysely
  /** Kysely makes everybody wait for a transaction that it has begun, but it knows only its own. */
  readonly alongside: () => AnyKysely
  readonly destroy: () => Promise<void>
}

/** Makes each of them when it is first wanted: loading Kysely takes time. */
export function kyselysOver(dialect: () => KyselyDialect): Kyselys {
  const made = new Map<string, AnyKysely>()
  const named = (name: string) => (): AnyKysely => {
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
