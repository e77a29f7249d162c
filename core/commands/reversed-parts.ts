import { type Account, meterState } from '../account/account.ts'
import { unitsOf } from '../account/charges.ts'
import { unchargedOf } from '../account/usage.ts'
import type { Charge, Entry, EntryOf, ReversedPart } from '../journal/entry.ts'
import { bookedDay } from '../journal/statement.ts'

type Use = EntryOf<'capture' | 'usage'>

/** Everything that a reversal takes back, and what it leaves charged so that the remainder stays within one unit. */
export interface Parts {
  /** The use of the operation, with the charges that come back. */
  readonly own: readonly ReversedPart[]
  /** Further units of other use that come back, because that use was completed by what is taken back. */
  readonly alsoReturned: readonly ReversedPart[]
  /** Units of the operation that stay charged, because other use completes them without it. */
  readonly kept: readonly ReversedPart[]
}

/**
 * Splits a reversal so that charged units × unit size + remainder stays the paid usage, with a remainder of less than a unit
 * (design: negative and full remainder). `history` is in order; undefined where it does not reach back to enough charged units.
 */
export function partsOf(
  account: Account,
  meter: string,
  uses: readonly Use[],
  history: readonly Entry[],
  unitSize: number,
): Parts | undefined {
  const taken = countTaken(history)
  let own = uses.map((use) => dropUnits(partOfUse(use), taken.get(use.version) ?? 0))
  if (!own.some(({ usage }) => usage.funding === 'paid')) return { own, alsoReturned: [], kept: [] }
  let remainder = own.reduce(
    (left, { usage }) => left - unchargedOf(usage),
    meterState(account, meter).remainder,
  )
  const alsoReturned: ReversedPart[] = []
  const excluded = new Set(uses.map(({ version }) => version))
  for (; remainder < 0; remainder += unitSize) {
    const unit = latestCharged(history, meter, excluded, alsoReturned)
    if (unit === undefined) return undefined
    alsoReturned.push(unit)
  }
  const kept: ReversedPart[] = []
  for (; remainder >= unitSize; remainder -= unitSize) {
    const at = own.findLastIndex(({ usage }) => unitsOf(usage.charges) > 0)
    const last = own[at]
    if (last === undefined) break
    kept.push(lastUnitOf(last))
    own = own.with(at, dropUnits(last, 1))
  }
  return { own, alsoReturned, kept }
}

function partOfUse(use: Use): ReversedPart {
  // Only a late usage event counts as late on a bill.
  const isLate = use.isLate && use.kind === 'usage'
  return { entry: use.version, day: bookedDay(use), usage: use.usage, isLate }
}

/** Units of each entry that earlier reversals of other use have returned, by the entry's version. */
function countTaken(history: readonly Entry[]): Map<number, number> {
  const taken = new Map<number, number>()
  for (const entry of history) if (entry.kind === 'reversal') addTaken(taken, entry.alsoReturned)
  return taken
}

function addTaken(taken: Map<number, number>, parts: readonly ReversedPart[]): void {
  for (const { entry } of parts) taken.set(entry, (taken.get(entry) ?? 0) + 1)
}

/** The latest unit of the meter that is charged and not returned, outside the excluded entries. */
function latestCharged(
  history: readonly Entry[],
  meter: string,
  excluded: ReadonlySet<number>,
  alsoReturned: readonly ReversedPart[],
): ReversedPart | undefined {
  const taken = new Map<number, number>()
  addTaken(taken, alsoReturned)
  const reversed = new Set<string>()
  for (const entry of history.toReversed()) {
    if (entry.kind === 'reversal') {
      // A unit that stayed charged may have been returned since.
      const left = entry.kept.filter(({ entry: version }, index) => {
        const later = entry.kept.slice(index).filter((other) => other.entry === version).length
        return entry.meter === meter && later > (taken.get(version) ?? 0)
      })
      const last = left.at(-1)
      if (last !== undefined) return last
      addTaken(taken, entry.alsoReturned)
      reversed.add(operationOf(entry))
      continue
    }
    if ((entry.kind !== 'usage' && entry.kind !== 'capture') || entry.usage.meter !== meter) continue
    if (excluded.has(entry.version) || reversed.has(operationOf(entry))) continue
    const part = dropUnits(partOfUse(entry), taken.get(entry.version) ?? 0)
    if (unitsOf(part.usage.charges) > 0) return lastUnitOf(part)
  }
  return undefined
}

function operationOf(entry: Use | EntryOf<'reversal'>): string {
  return 'authorization' in entry
    ? entry.authorization.authorizationId
    : JSON.stringify([entry.source, entry.id])
}

/** The last charged unit of a part, as use of nothing. */
function lastUnitOf(part: ReversedPart): ReversedPart {
  const last = part.usage.charges.findLast(({ units }) => units > 0)
  const charges = last === undefined ? [] : [unitsOfCharge(last, last.units - 1, 1)]
  const { included: _, waived: __, ...usage } = part.usage
  return { ...part, usage: { ...usage, quantity: 0, charges } }
}

function dropUnits(part: ReversedPart, count: number): ReversedPart {
  let missing = count
  const charges = part.usage.charges.toReversed().flatMap((charge) => {
    const dropped = Math.min(charge.units, missing)
    missing -= dropped
    return dropped === charge.units ? [] : [unitsOfCharge(charge, 0, charge.units - dropped)]
  })
  return { ...part, usage: { ...part.usage, charges: charges.toReversed() } }
}

/** Some units of a charge, after the first `skipped` ones; every unit has the same price. */
export function unitsOfCharge<Kind extends Charge>(charge: Kind, skipped: number, units: number): Kind {
  if (charge.units === 0 || charge.source === 'shortfall') return { ...charge, units }
  if (charge.source === 'pay-as-you-go')
    return { ...charge, units, usdCents: (charge.usdCents / charge.units) * units }
  const perUnit = charge.milliTokens / charge.units
  const [from, to] = [skipped * perUnit, (skipped + units) * perUnit]
  let start = 0
  const lots = charge.lots.flatMap(({ lotId, milliTokens }) => {
    const part = Math.min(to, start + milliTokens) - Math.max(from, start)
    start += milliTokens
    return part > 0 ? [{ lotId, milliTokens: part }] : []
  })
  return { ...charge, units, milliTokens: units * perUnit, lots }
}
