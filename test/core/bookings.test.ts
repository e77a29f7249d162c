import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, type Lot, noMeterState, noTally } from '../../core/account/account.ts'
import { applyCharges, applyPaidShortfall } from '../../core/account/charges.ts'
import { addHeld, countLateUsage, countUsage } from '../../core/account/usage.ts'
import { drawsOf, mergeUses, moneyByPrice, takePayers } from '../../core/commands/reversed-charges.ts'
import type { Charge, Entry, ReversedPart, Usage } from '../../core/journal/entry.ts'

const account: Account = { ...emptyAccount('acme'), version: 7, at: 50, period: '2026-02' }
const lot = (lotId: string, remaining: number, more: Partial<Lot> = {}): Lot => {
  return { lotId, milliTokens: 1_000, remaining, purchasedAt: 0, expiresAt: 100, notices: 0, ...more }
}
const flex = (lots: Readonly<Record<string, number>>, units = 1, pays?: number) => {
  const drawn = Object.entries(lots).map(([lotId, milliTokens]) => ({ lotId, milliTokens }))
  const milliTokens = drawn.reduce((sum, draw) => sum + draw.milliTokens, 0)
  return {
    source: 'flex',
    meter: 'm',
    units,
    milliTokens,
    lots: drawn,
    ...(pays !== undefined && { pays }),
  } as const
}
const money = (period: string, units: number, pays?: number) => {
  const price = { units, usdCents: 150 * units, ...(pays !== undefined && { pays }) }
  return { source: 'pay-as-you-go', meter: 'm', period, ...price } as const
}
const unpaid = (units: number, milliTokensPerUnit = 500, meter = 'm') => {
  return { source: 'shortfall', meter, units, milliTokensPerUnit, usdCentsPerUnit: 150 } as const
}
const rowOf = (entry: number, units: number, milliTokensPerUnit = 500, meter = 'm') => {
  return { entry, meter, units, milliTokensPerUnit, usdCentsPerUnit: 150 }
}

describe('a charge', () => {
  test('on tokens draws from its lots, and an empty lot is gone', () => {
    const before = { ...account, lots: [lot('a', 300), lot('b', 700), lot('c', 10)] }
    expect(applyCharges(before, [flex({ a: 300, b: 200 })])).toEqual({
      ...account,
      lots: [lot('b', 500), lot('c', 10)],
    })
    expect(() => applyCharges(before, [flex({ a: 301 })])).toThrow()
  })

  test('on tokens of a lot that was charged back makes whole cents due', () => {
    const withdrawn = { unitPriceUsdCents: 300, spentMilliTokens: 2 }
    const before = { ...account, lots: [lot('a', 300, { withdrawn }), lot('b', 300)] }
    const spent = (spentMilliTokens: number, remaining: number) =>
      lot('a', remaining, { withdrawn: { unitPriceUsdCents: 300, spentMilliTokens } })
    const after = applyCharges(before, [flex({ a: 2, b: 100 })])
    const owed = (usdCents: number) => ({ dueId: 'charge-back:a', usdCents, failedAt: 50, steps: 0 })
    expect(after).toEqual({ ...account, lots: [spent(4, 298), lot('b', 200)], dues: [owed(1)] })
    expect(applyCharges(before, [flex({ a: 1 })])).toEqual({
      ...account,
      lots: [spent(3, 299), lot('b', 300)],
    })
    const untouched = { ...account, lots: [lot('a', 300, { withdrawn }), lot('b', 200)] }
    expect(applyCharges(before, [flex({ b: 100 })])).toEqual(untouched)
    expect(applyCharges(after, [flex({ a: 96 })])).toEqual({
      ...account,
      lots: [spent(100, 202), lot('b', 200)],
      dues: [owed(30)],
    })
  })

  test('on a bill goes to the tally of its month', () => {
    const meters = (current: object, previous: object) => {
      return {
        m: { ...noMeterState, current: { ...noTally, ...current }, previous: { ...noTally, ...previous } },
      }
    }
    expect(applyCharges(account, [money('2026-02', 2), money('2026-01', 3), money('2026-02', 1)])).toEqual({
      ...account,
      meters: meters({ units: 3, usdCents: 450 }, { units: 3, usdCents: 450 }),
    })
  })

  test('that nobody can pay joins the row of its entry, meter and price', () => {
    const charges = [unpaid(1), unpaid(2), unpaid(4, 600), unpaid(8, 500, 'n')]
    const before = { ...account, shortfall: [rowOf(6, 1)] }
    expect(applyCharges(before, charges).shortfall).toEqual([
      rowOf(6, 1),
      rowOf(7, 3),
      rowOf(7, 4, 600),
      rowOf(7, 8, 500, 'n'),
    ])
    const dearer = { ...unpaid(1), usdCentsPerUnit: 160 }
    expect(applyCharges(before, [unpaid(1), dearer]).shortfall).toHaveLength(3)
  })

  test('that nobody can pay joins an older row once there are 32', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => rowOf(n, 1, n === 3 || n === 5 ? 600 : 500))
    const join = (count: number) =>
      applyCharges({ ...account, version: 40, shortfall: rows(count) }, [unpaid(2, 600)]).shortfall
    expect(join(31)).toEqual([...rows(31), rowOf(40, 2, 600)])
    expect(join(32)).toEqual(rows(32).with(5, rowOf(0, 3, 600)))
    const other = applyCharges({ ...account, version: 40, shortfall: rows(32) }, [unpaid(2, 700)]).shortfall
    expect(other).toEqual([...rows(32), rowOf(40, 2, 700)])
  })

  test('that pays shortfall takes the oldest units first', () => {
    const before = { ...account, shortfall: [rowOf(1, 3), rowOf(2, 1)], lots: [lot('a', 900)] }
    expect(applyPaidShortfall(before, [flex({ a: 400 }, 2)])).toEqual({
      ...before,
      shortfall: [rowOf(1, 1), rowOf(2, 1)],
      lots: [lot('a', 500)],
    })
    expect(applyPaidShortfall(before, [flex({ a: 600 }, 3)]).shortfall).toEqual([rowOf(2, 1)])
    expect(() => applyPaidShortfall(before, [flex({ a: 900 }, 4)])).toThrow()
    expect(() => applyPaidShortfall(before, [{ ...flex({ a: 100 }), meter: 'n' }])).toThrow()
    expect(() => applyPaidShortfall(account, [money('2026-02', 1)])).toThrow('the oldest shortfall')
  })
})

describe('use', () => {
  const limit = { appId: 'app', meter: 'm', perPeriod: 9, used: 1, held: [] }
  const others = [
    { ...limit, appId: 'other' },
    { ...limit, meter: 'n' },
  ]
  const limited = { ...account, limits: [limit, ...others] }
  const usage = (changed: Partial<Usage>): Usage => {
    return {
      appId: 'app',
      meter: 'm',
      quantity: 5,
      funding: 'free',
      period: '2026-02',
      charges: [],
      ...changed,
    }
  }

  test('counts in the free amount of its month, and on its app’s limit in the current one', () => {
    const free = { ...noTally, free: 5 }
    const now = countUsage(limited, usage({}))
    expect(now).toEqual({
      ...limited,
      limits: [{ ...limit, used: 6 }, ...others],
      meters: { m: { ...noMeterState, current: free } },
    })
    expect(countUsage(limited, usage({ period: '2026-01' }))).toEqual({
      ...limited,
      meters: { m: { ...noMeterState, previous: free } },
    })
    expect(countUsage(limited, usage({ funding: 'unrated' }))).toBe(limited)
  })

  test('that is paid leaves the remainder of its units', () => {
    const charges = [money('2026-02', 1), unpaid(1)]
    const before = { ...account, meters: { m: { ...noMeterState, remainder: 2 } } }
    const paid = usage({ funding: 'paid', unitSize: 3, charges })
    const current = { ...noTally, units: 1, usdCents: 150 }
    const after = {
      ...account,
      meters: { m: { ...noMeterState, remainder: 1, current } },
      shortfall: [rowOf(7, 1)],
    }
    expect(countUsage(before, paid)).toEqual(after)
    expect(countLateUsage(before, paid)).toEqual({
      ...after,
      meters: { m: { ...noMeterState, remainder: 1, current: { ...current, lateUnits: 1 } } },
    })
    const unrated = usage({ funding: 'unrated' })
    expect(countLateUsage(before, unrated)).toBe(before)
  })

  test('that is held counts on its meter and its app’s limit', () => {
    const authorization = {
      authorizationId: 'a',
      appId: 'app',
      meter: 'm',
      quantity: 5,
      holdSeconds: 60,
      expiresAt: 90,
      funding: 'paid',
      used: 0,
      held: 5,
      closed: false,
      sequence: 0,
    } as const
    const held = [{ expiresAt: 90, quantity: 5 }]
    const holding = addHeld(limited, authorization, 5)
    expect(holding).toEqual({
      ...limited,
      limits: [{ ...limit, held }, ...others],
      meters: { m: { ...noMeterState, paid: held } },
    })
    expect(addHeld(limited, { ...authorization, funding: 'free' }, 5).meters).toEqual({
      m: { ...noMeterState, free: held },
    })
    expect(addHeld(holding, authorization, -5)).toEqual({ ...limited, meters: { m: noMeterState } })
    expect(addHeld(limited, authorization, 0)).toBe(limited)
    expect(addHeld(limited, { ...authorization, funding: 'unrated' }, 5)).toBe(limited)
  })
})

describe('the charges of use that is taken back', () => {
  const useOf = (version: number, charges: readonly Charge[], isLate = false): ReversedPart => {
    const usage = {
      appId: 'app',
      meter: 'm',
      quantity: 1,
      funding: 'paid',
      period: '2026-02',
      charges,
    } as const
    return { entry: version, day: '2026-02-01', usage, isLate }
  }
  const granted = (version: number, ...paidShortfall: readonly Charge[]): Entry => {
    return { teamId: 'acme', version, at: 0, kind: 'lot-granted', lot: lot('a', 1), paidShortfall }
  }

  test('draw from each lot what all of them drew', () => {
    expect([...drawsOf([flex({ a: 1, b: 2 }), money('2026-02', 1), flex({ b: 4, c: 8 })])]).toEqual([
      ['a', 1],
      ['b', 6],
      ['c', 8],
    ])
  })

  test('are one for each day, month and funding, and in it for each source, month and price', () => {
    const uses = [
      useOf(1, [flex({ a: 1, b: 2 }), money('2026-02', 1), unpaid(1)]),
      useOf(2, [flex({ b: 4 }), money('2026-02', 2), money('2026-01', 4), unpaid(2), unpaid(4, 600)]),
      { ...useOf(3, [unpaid(8)]), day: '2026-02-02' },
    ]
    const { usage } = useOf(1, [])
    expect(mergeUses(uses)).toEqual([
      {
        day: '2026-02-01',
        usage: {
          ...usage,
          quantity: 2,
          charges: [
            flex({ a: 1, b: 6 }, 2),
            money('2026-02', 3),
            unpaid(3),
            money('2026-01', 4),
            unpaid(4, 600),
          ],
        },
      },
      { day: '2026-02-02', usage: { ...usage, charges: [unpaid(8)] } },
    ])
  })

  test('add up by the month of their bill, with the units of late events', () => {
    const uses = [useOf(1, [money('2026-01', 1), flex({ a: 1 })]), useOf(2, [money('2026-02', 2)], true)]
    expect(moneyByPrice(uses, [money('2026-02', 4), flex({ a: 1 })])).toEqual([
      { period: '2026-01', units: 1, usdCents: 150, lateUnits: 0 },
      { period: '2026-02', units: 6, usdCents: 900, lateUnits: 2 },
    ])
  })

  test('are still due in their rows, or paid by later charges that name their entry', () => {
    const uses = [useOf(3, [unpaid(5), flex({ a: 1 })])]
    const since = [
      granted(4, flex({ a: 500, b: 500 }, 2, 3), flex({ c: 500 }, 1, 2)),
      granted(5, money('2026-02', 4, 3)),
    ]
    const shortfall = [rowOf(2, 1), rowOf(3, 1, 600), rowOf(3, 1, 500, 'n'), rowOf(3, 2)]
    expect(takePayers({ ...account, shortfall }, uses, since)).toEqual({
      stillDue: [rowOf(3, 2)],
      payers: [flex({ a: 500, b: 500 }, 2, 3), money('2026-02', 1, 3)],
    })
  })

  test('that are crowded may be in a row without an entry, and paid by charges without one', () => {
    const uses = [useOf(3, [unpaid(3)])]
    const since = [granted(4, flex({ a: 500, b: 500 }, 2, 0))]
    expect(takePayers({ ...account, shortfall: [rowOf(0, 2)] }, uses, since)).toEqual({
      stillDue: [rowOf(0, 2)],
      payers: [flex({ a: 500 }, 1, 0)],
    })
  })

  test('that an earlier reversal gave back are not paid', () => {
    const uses = [useOf(3, [unpaid(3)])]
    const reversal: Entry = {
      teamId: 'acme',
      version: 6,
      at: 0,
      kind: 'reversal',
      reversalId: 'r',
      reason: 'a mistake',
      appId: 'app',
      meter: 'm',
      uses: [],
      alsoReturned: [],
      kept: [],
      tokens: [],
      unbilled: [],
      creditNotes: [],
      creditUsdCents: 0,
      owed: [],
      shortfall: [],
      unpaid: [flex({ a: 500 }, 1, 3), money('2026-02', 1, 9), { ...flex({ z: 500 }, 1, 3), meter: 'n' }],
      paidShortfall: [],
      source: 's',
      id: 'e3',
    }
    const since = [granted(4, flex({ a: 500, b: 500 }, 2, 3)), granted(5, money('2026-02', 1, 3)), reversal]
    expect(takePayers(account, uses, since)).toEqual({
      stillDue: [],
      payers: [flex({ b: 500 }, 1, 3), money('2026-02', 1, 3)],
    })
  })
})
