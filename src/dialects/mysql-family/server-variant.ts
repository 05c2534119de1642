/** Where MariaDB and MySQL differ in how their servers are spoken to. */
export interface ServerVariant {
  /** The oldest version that does what Godwit stands on. */
  readonly oldestVersion: string
  /** The scheme of its URLs. */
  readonly scheme: string
  /** Where the other one answers, the scheme to write instead. */
  readonly otherScheme: string
  /** The table that lists its threads, whatever letters are in their statements. */
  readonly threads: string
  /** The setting by which the server itself stops what takes too long, as text to set it to; undefined where it stops SELECTs only. */
  statementTimeout(milliseconds: number | undefined): readonly [setting: string, content: string] | undefined
}
