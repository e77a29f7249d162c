import type { UsageInput } from '../model.ts'

/** The most base units of one usage event, by the contract. */
export const quantityMax = 1_000_000_000
/** The last millisecond of the year 9999; RFC 3339 has no later one. */
const instantMax = 253_402_300_799_999

const idRule = '1 to 64 of A-Z a-z 0-9 . _ -, except . and ..'
const isId = (text: string) => /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/.test(text)
const isEventId = (text: string) => /^[!"$-~]{1,128}$/.test(text)
const isSource = (text: string) => /^[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]{1,256}$/.test(text)

/**
 * Throws a `TypeError` that names the wrong field. The rules are those of the API, so that a stored event cannot fail there
 * for its form, and 1,000 events are always smaller than the largest body (1 MiB).
 */
export function checkUsage({ appId, meter, quantity, at, id, source }: UsageInput): void {
  check(isText(appId, isId), `appId: ${idRule}`)
  check(isText(meter, isId), `meter: ${idRule}`)
  check(isWhole(quantity, 1, quantityMax), 'quantity: a whole number from 1 to 1,000,000,000')
  check(
    at === undefined || isWhole(at, 0, instantMax),
    'at: whole milliseconds since 1970, up to the year 9999',
  )
  check(id === undefined || isText(id, isEventId), 'id: 1 to 128 visible ASCII characters, without #')
  checkSource(source)
}

/** Throws a `TypeError` for a source that is no URI reference. */
export function checkSource(source: string | undefined): void {
  check(source === undefined || isText(source, isSource), 'source: a URI reference of 1 to 256 characters')
}

function isText(value: unknown, hasForm: (text: string) => boolean): boolean {
  return typeof value === 'string' && hasForm(value)
}

function isWhole(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
}

function check(isRight: boolean, message: string): void {
  if (!isRight) throw new TypeError(message)
}
