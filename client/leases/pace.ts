/** The longest time between two reports of a lease's use, and without a call before a lease is returned. */
export const reportSecondsMax = 15 * 60

/**
 * A report costs about a thousandth of a cent, so use is worth reporting after a cent. A hot lease would then be reported many
 * times a second. It goes on for a minute, but to no more than this many cents, or one second's use if that is more.
 */
const centsMax = 50
const hotSeconds = 60

const holdSecondsMin = 300
const holdSecondsMax = 3_600
/** The most base units of one request, by the contract. */
export const quantityMax = 1_000_000_000
/** The bound of what has none, and for an instant that never comes. */
export const unlimited = Number.POSITIVE_INFINITY

/** Base units a second: lately, and over the last minute. */
export interface Rates {
  readonly lately: number
  readonly average: number
}

export interface Pace extends Rates {
  /** Base units that earn about one cent; infinite where use earns nothing. It is 1 where a unit earns a cent or more. */
  readonly cent: number
}

/** Base units after which use is reported: a cent's worth, more for a hot lease. */
export function reportQuantity({ cent, lately }: Pace): number {
  return cent > 1 ? Math.max(cent, lately, Math.min(centsMax * cent, hotSeconds * lately)) : 1
}

export interface Need extends Pace {
  /** Base units that calls wait for. */
  readonly waiting: number
  /** Base units that Tollgate could still grant; infinite where nothing limits them. */
  readonly remaining: number
  /** The most processes that draw on one team at the same time. */
  readonly holders: number
}

/**
 * The quantity of the next lease: what is used between two reports, but a share of what remains, so that the last units do not
 * lie with one holder while another is refused. Each holder has two leases, hence the half.
 */
export function leaseQuantity(need: Need): number {
  // Units that earn a cent or more, such as jobs, are asked for one by one: an ask costs a thousandth of a cent.
  const used = need.cent > 1 ? Math.min(reportQuantity(need), Math.ceil(need.average * reportSecondsMax)) : 0
  const share = Math.floor(need.remaining / (2 * need.holders))
  return Math.min(quantityMax, Math.max(need.waiting, Math.ceil(Math.min(used, share)), 1))
}

/** The hold of a lease: several times what it is expected to last, so that it can wait for its turn and be reported in time. */
export function holdSecondsOf(quantity: number, { lately }: Pace): number {
  const seconds = lately > 0 ? Math.ceil((4 * quantity) / lately) : holdSecondsMax
  return Math.min(holdSecondsMax, Math.max(holdSecondsMin, seconds))
}
