import type { Account } from '../../core/account/account.ts'
import type { Entry, EntryOf } from '../../core/journal/entry.ts'
import { World } from '../support/world.ts'

export const acad = 'automation-autocad'
export const jobs = 'model-derivative-complex-job'
export const noUse = { free: 0, units: 0, usdCents: 0, lateUnits: 0 }
export const idle = { remainder: 0, current: noUse, previous: noUse, free: [], paid: [] }
const nothing = {
  kind: 'reversal',
  reason: 'a mistake',
  uses: [],
  alsoReturned: [],
  kept: [],
  tokens: [],
  unbilled: [],
  creditNotes: [],
  creditUsdCents: 0,
  owed: [],
  shortfall: [],
  unpaid: [],
  paidShortfall: [],
}

export function newWorld(plan: 'free' | 'paid' = 'paid', payAsYouGo = false): World {
  const world = new World('2027-01-10T10:00:00Z')
  world.plan({ plan, payAsYouGo })
  return world
}

export function lastUse({ entries }: World): EntryOf<'usage'> {
  const entry = entries.findLast((other) => other.kind === 'usage')
  if (entry === undefined) throw new Error('no use')
  return entry
}

/** Reverses the operation of an entry, and returns the account before with the head of the reversal's entry. */
export function takeBack(world: World, entry: Entry = lastUse(world)) {
  const { account: before, entries, now } = world
  const count = entries.length
  const decided = world.reverse(entry)
  if ('refused' in decided) throw new Error(decided.code)
  const [reversal, ...further] = world.entries.slice(count)
  if (reversal?.kind !== 'reversal') throw new Error('no reversal')
  const { reversalId } = reversal
  const head = { ...nothing, teamId: 'acme', version: before.version + 1, at: now, reversalId, appId: 'app' }
  const after: Account = { ...before, version: before.version + 1, at: now }
  return { before, head, after, reversal, further, account: world.account }
}

export const tokens = (units: number, milliTokens: number, lots: readonly (readonly [string, number])[]) => ({
  source: 'flex' as const,
  units,
  milliTokens,
  lots: lots.map(([lotId, drawn]) => ({ lotId, milliTokens: drawn })),
})
export const money = (units: number, usdCents: number, period: string) => ({
  source: 'pay-as-you-go' as const,
  units,
  usdCents,
  period,
})
export const makeUse = (meter: string, quantity: number, charges: readonly object[], more: object = {}) => ({
  appId: 'app',
  meter,
  quantity,
  period: '2027-01',
  funding: 'paid',
  unitSize: meter === acad ? 720 : 2,
  charges: charges.map((charge) => ({ ...charge, meter })),
  ...more,
})
export const firstLot = (world: World) => {
  const [lot] = world.account.lots
  if (lot === undefined) throw new Error('no lot')
  return lot
}
