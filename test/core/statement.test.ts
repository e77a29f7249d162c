import { describe, expect, test } from 'vitest'
import type { Charge, Entry, EntryBody, Usage } from '../../core/journal/entry.ts'
import { erasedText, freeText, mayHaveReason, withoutPersonalData } from '../../core/journal/erasure.ts'
import {
  bookedDay,
  effectOfDay,
  entryKinds,
  isMeant,
  type StatementFilter,
} from '../../core/journal/statement.ts'

const at = Date.parse('2026-02-20T10:00:00Z')
const entryOf = (body: EntryBody): Entry => ({ teamId: 'acme', version: 1, at, ...body })

const flex = (meter: string, ...lotIds: readonly string[]): Charge => {
  const lots = lotIds.map((lotId) => ({ lotId, milliTokens: 500 }))
  return { source: 'flex', meter, units: 1, milliTokens: 500 * lots.length, lots }
}
const billed = (meter: string, period: string): Charge => {
  return { source: 'pay-as-you-go', meter, units: 1, usdCents: 150, period }
}
const usageOf = (meter: string, charges: readonly Charge[]): Usage => {
  return { appId: 'app', meter, quantity: 1, funding: 'paid', period: '2026-02', charges }
}
const authorization = {
  authorizationId: 'a',
  appId: 'app',
  meter: 'one',
  quantity: 5,
  holdSeconds: 60,
  expiresAt: at + 60_000,
  funding: 'paid',
  used: 0,
  held: 5,
  closed: false,
  sequence: 0,
} as const
const lot = {
  lotId: 'lot',
  milliTokens: 1_000,
  remaining: 1_000,
  purchasedAt: at,
  expiresAt: at + 1_000,
  notices: 0,
}

const usedTokens = entryOf({
  kind: 'usage',
  source: 'urn:x',
  id: 'e',
  time: at,
  usage: usageOf('one', [flex('one', 'lot')]),
  isLate: false,
  isOverrun: false,
})
const usedMoney = entryOf({
  kind: 'capture',
  authorization: { ...authorization, appId: 'other', meter: 'two' },
  released: 0,
  usage: { ...usageOf('two', [billed('two', '2026-02')]), appId: 'other' },
  isLate: false,
  isOverrun: false,
})
const voided = entryOf({ kind: 'void', authorization, released: 5 })
const limited = entryOf({
  kind: 'limit-set',
  appId: 'app',
  meter: 'one',
  perPeriod: 5,
  used: 0,
  held: [],
})
/** Tokens that pay for shortfall of a meter; the lot of the charge is another one. */
const granted = entryOf({ kind: 'lot-granted', lot, paidShortfall: [flex('three', 'older')] })
const bought = entryOf({
  kind: 'purchase',
  purchaseId: 'lot',
  tokens: 100,
  unitPriceUsdCents: 300,
  usdCents: 30_000,
})
const payment = {
  kind: 'payment',
  paymentId: 'p',
  status: 'settled',
  usdCents: 300,
  sequence: 0,
  payable: { status: 'paid' },
  creditUsdCents: 0,
} as const
const paidPurchase = entryOf({ ...payment, paidFor: { purchase: 'lot' } })
const paidBill = entryOf({ ...payment, paidFor: { invoice: '2026-01' } })
const lapsed = entryOf({ kind: 'lot-expired', lotId: 'lot', milliTokens: 10 })
const resumed = entryOf({ kind: 'resumed' })
const moved = entryOf({ kind: 'app-moved', appId: 'app' })

const journal = {
  usedTokens,
  usedMoney,
  voided,
  limited,
  granted,
  bought,
  paidPurchase,
  paidBill,
  lapsed,
  resumed,
  moved,
}
const select = (filter: StatementFilter) =>
  Object.entries(journal).flatMap(([name, entry]) => (isMeant(entry, filter) ? [name] : []))

describe('a statement selects', () => {
  test.each<[string, StatementFilter, readonly string[]]>([
    ['everything without a filter', {}, Object.keys(journal)],
    ['a kind', { kind: 'void' }, ['voided']],
    ['a day', { day: '2026-02-20' }, Object.keys(journal)],
    ['no entry of another day', { day: '2026-02-21' }, []],
    ['an app', { appId: 'app' }, ['usedTokens', 'voided', 'limited', 'moved']],
    ['the app of a capture', { appId: 'other' }, ['usedMoney']],
    ['a period by its charges', { period: '2026-02' }, ['usedMoney']],
    ['no charge of another period', { period: '2026-01' }, []],
    ['charges on tokens', { source: 'flex' }, ['usedTokens', 'granted']],
    ['charges on a bill', { source: 'pay-as-you-go' }, ['usedMoney']],
    ['charges on tokens of a meter', { source: 'flex', meters: ['three', 'two'] }, ['granted']],
    ['charges on tokens of a lot', { source: 'flex', lotId: 'lot' }, ['usedTokens']],
    ['no charge on a bill for a lot', { period: '2026-02', lotId: 'lot' }, []],
    ['both a period and a source', { period: '2026-02', source: 'flex' }, []],
    ['a meter', { meters: ['one'] }, ['usedTokens', 'voided', 'limited']],
    ['the meter of a capture', { meters: ['two'] }, ['usedMoney']],
    ['the meter of paid shortfall', { meters: ['three'] }, ['granted']],
    ['several meters', { meters: ['two', 'three'] }, ['usedMoney', 'granted']],
    ['a lot', { lotId: 'lot' }, ['usedTokens', 'granted', 'bought', 'paidPurchase', 'lapsed']],
    ['a lot that a charge draws on', { lotId: 'older' }, ['granted']],
    ['no entry of an unknown lot', { lotId: 'none' }, []],
    ['both a meter and a lot', { meters: ['one'], lotId: 'lot' }, ['usedTokens']],
  ])('%s', (_, filter, expected) => {
    expect(select(filter)).toEqual(expected)
  })

  test('an entry of which one charge matches', () => {
    const mixed = entryOf({
      kind: 'plan-changed',
      terms: { from: at, plan: 'paid', payAsYouGo: false },
      paidShortfall: [flex('one', 'lot'), billed('two', '2026-02')],
    })
    expect(isMeant(mixed, { meters: ['two'] })).toBe(true)
    expect(isMeant(mixed, { lotId: 'lot' })).toBe(true)
    expect(isMeant(mixed, { source: 'flex' })).toBe(true)
    expect(isMeant(mixed, { source: 'flex', meters: ['two'] })).toBe(false)
    const twoLots = entryOf({ kind: 'lot-granted', lot, paidShortfall: [flex('one', 'a', 'b')] })
    expect(isMeant(twoLots, { lotId: 'b' })).toBe(true)
  })
})

describe('the booked day', () => {
  test('is the day of a usage event by its own time, but never later than its record', () => {
    const hourMs = 3_600_000
    expect(bookedDay({ ...usedTokens, time: at - 24 * hourMs } as Entry)).toBe('2026-02-19')
    expect(bookedDay({ ...usedTokens, time: at + 24 * hourMs } as Entry)).toBe('2026-02-20')
    expect(bookedDay(usedMoney)).toBe('2026-02-20')
  })

  test('bounds the instants at which its entries take effect: a day, 34 days of age and an hour', () => {
    expect(effectOfDay('2026-01-15')).toEqual({
      from: Date.parse('2026-01-15T00:00:00Z'),
      to: Date.parse('2026-02-19T01:00:00Z'),
    })
  })
})

describe('an erasure', () => {
  const named = entryOf({ kind: 'hub-named', name: 'Hub of Ada' })
  const suspended = entryOf({ kind: 'suspended', reason: 'Ada did it' })
  const adjusted = entryOf({
    kind: 'adjustment',
    adjustmentId: 'x',
    reason: 'for Ada',
    tokens: 1,
    creditUsdCents: 0,
  })
  const reversed = { ...suspended, kind: 'reversal' } as Entry

  test('replaces the name of a hub and the reasons that operators gave', () => {
    expect(freeText(named)).toEqual({ field: 'name', text: 'Hub of Ada' })
    expect(withoutPersonalData(named)).toEqual({ ...named, name: '[erased]' })
    expect(withoutPersonalData(suspended)).toEqual({ ...suspended, reason: '[erased]' })
    expect(withoutPersonalData(adjusted)).toEqual({ ...adjusted, reason: '[erased]' })
    expect(withoutPersonalData(reversed)).toEqual({ ...reversed, reason: '[erased]' })
  })

  test('erases the reason of every kind that may have one', () => {
    const resumed = entryOf({ kind: 'resumed', reason: 'Ada has paid' })
    expect(withoutPersonalData(resumed)).toEqual({ ...resumed, reason: '[erased]' })
    const kinds = entryKinds.filter((kind) => {
      const entry = { ...resumed, kind } as Entry
      return freeText(entry)?.field === 'reason'
    })
    expect(kinds).toEqual(entryKinds.filter(mayHaveReason))
  })

  test('returns the same entry if there is nothing to erase', () => {
    const erased = entryOf({ kind: 'suspended', reason: erasedText })
    expect(withoutPersonalData(erased)).toBe(erased)
    expect(freeText(moved)).toBeUndefined()
    expect(withoutPersonalData(moved)).toBe(moved)
  })
})
