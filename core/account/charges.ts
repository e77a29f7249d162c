import { assert, assertAmount } from '../assert.ts'
import type { Charge } from '../journal/entry.ts'
import { type Account, meterState, type Shortfall } from './account.ts'
import { shortfallRowsMax } from './bounds.ts'
import { chargeBackDueId, findDue, tokenPrice, withDue } from './dues.ts'
import { tallyOf, withMeter } from './meters.ts'
import { addUnits } from './tally.ts'

/**
 * Applies charges for new use: takes tokens from lots, adds to bills, and notes what nobody could pay. Units of late use belong to
 * a month that is closed already.
 */
export function applyCharges(before: Account, charges: readonly Charge[], isLate = false): Account {
  return charges.reduce((account, charge) => applyCharge(account, charge, isLate), before)
}

/** Applies charges that pay shortfall, oldest unit first, instead of new use. */
export function applyPaidShortfall(before: Account, charges: readonly Charge[]): Account {
  return charges.reduce(
    (account, charge) => applyCharge(removeShortfall(account, charge), charge, false),
    before,
  )
}

function applyCharge(account: Account, charge: Charge, isLate: boolean): Account {
  switch (charge.source) {
    case 'flex':
      return { ...account, lots: drawLots(account, charge.lots), dues: oweForWithdrawn(account, charge.lots) }
    case 'pay-as-you-go':
      return withMeter(account, charge.meter, addToBill(account, charge, isLate))
    case 'shortfall':
      return { ...account, shortfall: addShortfall(account, charge) }
  }
}

type Draws = Extract<Charge, { source: 'flex' }>['lots']

function drawLots(account: Account, draws: Draws): Account['lots'] {
  const lots = account.lots.map((lot) => {
    const draw = draws.find(({ lotId }) => lotId === lot.lotId)
    if (draw === undefined) return lot
    assertAmount(lot.remaining - draw.milliTokens, `lot ${lot.lotId}`)
    const { withdrawn } = lot
    const remaining = lot.remaining - draw.milliTokens
    if (withdrawn === undefined) return { ...lot, remaining }
    const spentMilliTokens = withdrawn.spentMilliTokens + draw.milliTokens
    return { ...lot, remaining, withdrawn: { ...withdrawn, spentMilliTokens } }
  })
  return lots.filter((lot) => lot.remaining > 0)
}

/** Tokens spent from a lot that was charged back are due at its unit price, in whole cents of all that was spent. */
function oweForWithdrawn(account: Account, draws: Draws): Account['dues'] {
  return account.lots.reduce((dues, { lotId, withdrawn }) => {
    const draw = draws.find((other) => other.lotId === lotId)
    if (draw === undefined || withdrawn === undefined) return dues
    const { spentMilliTokens: spent, unitPriceUsdCents: price } = withdrawn
    const more = tokenPrice(spent + draw.milliTokens, price) - tokenPrice(spent, price)
    const dueId = chargeBackDueId(lotId)
    const usdCents = more + (findDue(dues, dueId)?.usdCents ?? 0)
    return more === 0 ? dues : withDue(dues, { dueId, usdCents }, account.at)
  }, account.dues)
}

function addToBill(account: Account, charge: Extract<Charge, { source: 'pay-as-you-go' }>, isLate: boolean) {
  const state = meterState(account, charge.meter)
  const which = tallyOf(account, charge.period)
  return { ...state, [which]: addUnits(state[which], { ...charge, lateUnits: isLate ? charge.units : 0 }) }
}

function addShortfall(
  account: Account,
  charge: Extract<Charge, { source: 'shortfall' }>,
): Account['shortfall'] {
  const { source: _, ...units } = charge
  const row: Shortfall = { entry: account.version, ...units }
  const rows = account.shortfall
  const isCrowded = rows.length >= shortfallRowsMax
  const at = rows.findLastIndex(
    (other) => isSamePrice(other, row) && (isCrowded || other.entry === row.entry),
  )
  if (at < 0) return [...rows, row]
  const joined = { ...row, units: row.units + (rows[at]?.units ?? 0) }
  return rows.with(at, rows[at]?.entry === row.entry ? joined : { ...joined, entry: 0 })
}

/** True for units of one meter at one price. */
export function isSamePrice(a: Omit<Shortfall, 'entry'>, b: Omit<Shortfall, 'entry'>): boolean {
  return (
    a.meter === b.meter &&
    a.milliTokensPerUnit === b.milliTokensPerUnit &&
    a.usdCentsPerUnit === b.usdCentsPerUnit
  )
}

/** Sum of the charged units. */
export function unitsOf(charges: readonly Charge[]): number {
  return charges.reduce((sum, { units }) => sum + units, 0)
}

function removeShortfall(account: Account, charge: Charge): Account {
  const [oldest, ...rest] = account.shortfall
  assert(oldest?.meter === charge.meter && oldest.units >= charge.units, 'the oldest shortfall is paid first')
  const units = oldest.units - charge.units
  return { ...account, shortfall: units > 0 ? [{ ...oldest, units }, ...rest] : rest }
}
