import type { Account, Shortfall } from '../account/account.ts'
import { isSamePrice } from '../account/charges.ts'
import { type Charge, chargesOf, type Entry, type ReversedPart, type ReversedUse } from '../journal/entry.ts'
import type { Period } from '../time/time.ts'
import { unitsOfCharge } from './reversed-parts.ts'

/** Pay-as-you-go charges of one month's bill, at one price. */
export interface MoneyCharge {
  readonly period: Period
  readonly units: number
  readonly usdCents: number
  readonly lateUnits: number
}

/** Adds up uses of one app, day, month and funding. Parts without use and charges disappear. */
export function mergeUses(parts: readonly ReversedPart[]): readonly ReversedUse[] {
  const merged = new Map<string, ReversedUse>()
  for (const { day, usage } of parts) {
    if (usage.quantity === 0 && usage.charges.length === 0) continue
    const key = [usage.appId, day, usage.period, usage.funding].join()
    const before = merged.get(key)
    const quantity = usage.quantity + (before?.usage.quantity ?? 0)
    const included = (usage.included ?? 0) + (before?.usage.included ?? 0)
    const waived = (usage.waived ?? 0) + (before?.usage.waived ?? 0)
    const parts = { ...(included > 0 && { included }), ...(waived > 0 && { waived }) }
    const charges = mergeCharges([...(before?.usage.charges ?? []), ...usage.charges])
    merged.set(key, { day, usage: { ...usage, quantity, ...parts, charges } })
  }
  return [...merged.values()]
}

/** One charge for each source, month and price. */
function mergeCharges(charges: readonly Charge[]): readonly Charge[] {
  const merged = new Map<string, Charge>()
  for (const charge of charges) {
    const key = keyOf(charge)
    const before = merged.get(key)
    merged.set(key, before === undefined ? charge : addCharge(before, charge))
  }
  return [...merged.values()]
}

function keyOf(charge: Charge): string {
  if (charge.source === 'pay-as-you-go') return `money ${charge.period} ${charge.usdCents / charge.units}`
  return charge.source === 'flex'
    ? 'tokens'
    : `shortfall ${charge.milliTokensPerUnit} ${charge.usdCentsPerUnit}`
}

function addCharge(before: Charge, charge: Charge): Charge {
  const units = before.units + charge.units
  if (before.source === 'flex' && charge.source === 'flex') {
    const lots = [...drawsOf([before, charge])].map(([lotId, milliTokens]) => ({ lotId, milliTokens }))
    return { ...before, units, milliTokens: before.milliTokens + charge.milliTokens, lots }
  }
  if (before.source === 'pay-as-you-go' && charge.source === 'pay-as-you-go')
    return { ...before, units, usdCents: before.usdCents + charge.usdCents }
  return { ...before, units }
}

/** Thousandths of tokens that charges drew from each lot. */
export function drawsOf(charges: readonly Charge[]): ReadonlyMap<string, number> {
  const draws = new Map<string, number>()
  for (const charge of charges) {
    if (charge.source !== 'flex') continue
    for (const { lotId, milliTokens } of charge.lots) draws.set(lotId, (draws.get(lotId) ?? 0) + milliTokens)
  }
  return draws
}

/** Pay-as-you-go charges of some uses, and of what has paid for their shortfall, by the month of their bill and by price. */
export function moneyByPrice(
  parts: readonly ReversedPart[],
  payers: readonly Charge[],
): readonly MoneyCharge[] {
  const all = [
    ...parts.flatMap(({ usage, isLate }) => usage.charges.map((charge) => ({ charge, isLate }))),
    ...payers.map((charge) => ({ charge, isLate: false })),
  ]
  const sums = new Map<string, MoneyCharge>()
  for (const { charge, isLate } of all) {
    if (charge.source !== 'pay-as-you-go') continue
    const { period, units, usdCents } = charge
    const key = keyOf(charge)
    const sum = sums.get(key) ?? { period, units: 0, usdCents: 0, lateUnits: 0 }
    const lateUnits = sum.lateUnits + (isLate ? units : 0)
    sums.set(key, { period, units: sum.units + units, usdCents: sum.usdCents + usdCents, lateUnits })
  }
  return [...sums.values()]
}

type PaidCharge = Exclude<Charge, { source: 'shortfall' }>

/** The shortfall of an operation that is still due, by row, and the charges that have paid for the rest. */
export function takePayers(
  account: Account,
  parts: readonly ReversedPart[],
  history: readonly Entry[],
): { readonly stillDue: readonly Shortfall[]; readonly payers: readonly PaidCharge[] } {
  const stillDue: Shortfall[] = []
  const payers: PaidCharge[] = []
  let rows = account.shortfall
  let paying = payingCharges(history)
  for (const { entry: version, usage } of parts) {
    for (const charge of usage.charges) {
      if (charge.source !== 'shortfall') continue
      const isItsRow = (row: Shortfall) =>
        (row.entry === version || row.entry === 0) && isSamePrice(row, charge)
      let missing = charge.units
      rows = rows.map((row) => {
        const units = isItsRow(row) ? Math.min(row.units, missing) : 0
        if (units === 0) return row
        missing -= units
        stillDue.push({ ...row, units })
        return { ...row, units: row.units - units }
      })
      paying = paying.map((payer) => {
        const isItsPayer = payer.pays === version || payer.pays === 0
        const units = isItsPayer && payer.meter === charge.meter ? Math.min(payer.units, missing) : 0
        if (units === 0) return payer
        missing -= units
        payers.push(unitsOfCharge(payer, 0, units))
        return unitsOfCharge(payer, units, payer.units - units)
      })
    }
  }
  return { stillDue, payers }
}

/** Charges that paid shortfall, without those that an earlier reversal gave back. */
function payingCharges(history: readonly Entry[]): readonly PaidCharge[] {
  let paying: readonly PaidCharge[] = []
  for (const entry of history) {
    const charges = chargesOf(entry).filter(
      (charge): charge is PaidCharge => charge.source !== 'shortfall' && charge.pays !== undefined,
    )
    if (entry.kind !== 'usage' && entry.kind !== 'capture') paying = [...paying, ...charges]
    if (entry.kind === 'reversal') paying = withoutReturned(paying, entry.unpaid)
  }
  return paying
}

function withoutReturned(paying: readonly PaidCharge[], returned: readonly Charge[]): readonly PaidCharge[] {
  return returned.reduce<readonly PaidCharge[]>((left, charge) => {
    let missing = charge.units
    return left.map((payer) => {
      const isSame =
        payer.source === charge.source &&
        payer.meter === charge.meter &&
        'pays' in charge &&
        payer.pays === charge.pays
      const units = isSame ? Math.min(payer.units, missing) : 0
      missing -= units
      return units === 0 ? payer : unitsOfCharge(payer, units, payer.units - units)
    })
  }, paying)
}
