import { isIPv4, isIPv6 } from 'node:net'
import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What an IP address can be told. */
export interface IpAddressOptions extends ColumnOptions, DefaultOption<string> {}

/** IP addresses, with or without the length of a network's prefix. */
export const ipAddressKind: FieldKind = {
  kind: 'ipAddress',
  options: defaultedOptions,
  columnType: () => ({ type: 'ipAddress' }),
  inWords: () => "ipAddress, such as '192.0.2.1' or '2001:db8::/32'",
  literal: (value) => (typeof value === 'string' && isAddress(value) ? value.toLowerCase() : undefined),
}

function isAddress(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  // A zone (`fe80::1%eth0`) is of one machine and no part of an address that others could use.
  if (more.length > 0 || address.includes('%')) return false
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined
  return bits !== undefined && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
}

/**
 * An IP address of version 4 or 6, with the length of its network's prefix or without: `192.0.2.1`, `2001:db8::/32`.
 *
 * @example
 * lastSeenFrom: f.ipAddress({ null: true })
 */
export function ipAddress<const Options extends IpAddressOptions = NoOptions>(
  options?: Strict<Options, IpAddressOptions>,
): ColumnField<'ipAddress', Options> {
  return buildField(ipAddressKind, options)
}
