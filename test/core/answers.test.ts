import { expect, test } from 'vitest'
import { adjust } from '../../core/commands/adjust.ts'
import { nameHub } from '../../core/commands/name-hub.ts'
import { recordUsage } from '../../core/commands/record-usage.ts'
import { resume } from '../../core/commands/resume.ts'
import { suspend } from '../../core/commands/suspend.ts'
import { voidAuthorization } from '../../core/commands/void-authorization.ts'
import { appAllowance } from '../../core/funding/allowance.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import { World } from '../support/world.ts'

/* Each answer is compared whole: the account, the entries and the answer itself. */

const world = new World('2026-02-20T10:00:00Z')
world.plan({ plan: 'free', payAsYouGo: false })
const { account, context, now } = world
const head = { teamId: 'acme', version: account.version + 1, at: now }
const next = { ...account, version: head.version, at: now }
const unchanged = { account, entries: [], answer: undefined }

test('a hub is named, and the same name again changes nothing', () => {
  const name = (today?: string) =>
    nameHub(account, { kind: 'name-hub', name: 'Hub' }, { ...context, ...(today !== undefined && { today }) })
  const named = { account: next, entries: [{ ...head, kind: 'hub-named', name: 'Hub' }], answer: undefined }
  expect(name()).toEqual(named)
  expect(name('Other')).toEqual(named)
  expect(name('Hub')).toEqual(unchanged)
})

test('a suspension has a reason, and ends once', () => {
  const reason = 'abuse'
  const suspended = { ...next, suspendedBecause: reason }
  expect(suspend(account, { kind: 'suspend', reason }, context)).toEqual({
    account: suspended,
    entries: [{ ...head, kind: 'suspended', reason }],
    answer: undefined,
  })
  expect(suspend(suspended, { kind: 'suspend', reason }, context)).toEqual({
    ...unchanged,
    account: suspended,
  })
  const resumedHead = { ...head, version: head.version + 1 }
  const { account: after, ...resumed } = resume(suspended, { kind: 'resume' }, context)
  expect(resumed).toEqual({ entries: [{ ...resumedHead, kind: 'resumed' }], answer: undefined })
  expect(after).toEqual({ ...account, version: resumedHead.version })
  expect(resume(account, { kind: 'resume' }, context)).toEqual(unchanged)
})

test('a void gives back all that is held, and changes nothing once the authorization is over', () => {
  const authorization: Authorization = {
    authorizationId: 'a',
    appId: 'app',
    meter: 'automation-autocad',
    quantity: 5,
    holdSeconds: 60,
    expiresAt: now + 60_000,
    funding: 'unrated',
    used: 2,
    held: 3,
    closed: false,
    sequence: 1,
  }
  const giveBack = (changed: Partial<Authorization> = {}) =>
    voidAuthorization(
      account,
      { kind: 'void', authorizationId: 'a' },
      { ...context, authorization: { ...authorization, ...changed } },
    )
  const voided = { ...authorization, held: 0, closed: true, closedBecause: 'void', sequence: 2 }
  expect(giveBack()).toEqual({
    account: next,
    entries: [{ ...head, kind: 'void', authorization: voided, released: 3 }],
    answer: undefined,
  })
  expect(giveBack({ closed: true })).toEqual(unchanged)
  expect(giveBack({ expiresAt: now })).toEqual(unchanged)
})

test('an adjustment grants a lot under its own id', () => {
  const command = { kind: 'adjust', adjustmentId: 'x', reason: 'sorry', tokens: 2, usdCents: 5 } as const
  const lot = {
    lotId: 'adjustment:x',
    milliTokens: 2_000,
    remaining: 2_000,
    purchasedAt: now,
    expiresAt: Date.parse('2027-02-21T00:00:00Z'),
    notices: 0,
  }
  expect(adjust(account, command, context)).toEqual({
    account: { ...next, version: head.version + 1, creditUsdCents: 5, lots: [lot] },
    entries: [
      { ...head, kind: 'adjustment', adjustmentId: 'x', reason: 'sorry', tokens: 2, creditUsdCents: 5 },
      { ...head, version: head.version + 1, kind: 'lot-granted', lot, paidShortfall: [] },
    ],
    answer: undefined,
  })
})

test('the limit of an app holds for that app and meter only', () => {
  const limit = {
    appId: 'app',
    meter: 'm',
    perPeriod: 9,
    used: 2,
    held: [{ expiresAt: now + 1, quantity: 3 }],
  }
  const limited = {
    ...account,
    limits: [{ ...limit, appId: 'other', perPeriod: 1 }, { ...limit, meter: 'n' }, limit],
  }
  expect(appAllowance(limited, { appId: 'app', meter: 'm' }, now)).toEqual({ limit: 9, used: 2, held: 3 })
  expect(appAllowance(limited, { appId: 'app', meter: 'm' }, now + 1)).toEqual({ limit: 9, used: 2, held: 0 })
  expect(appAllowance(limited, { appId: 'none', meter: 'm' }, now)).toEqual({
    limit: Number.POSITIVE_INFINITY,
    used: 0,
    held: 0,
  })
})

test('use of an API that is not rated is recorded and charges nothing', () => {
  const time = Date.parse('2026-01-31T00:00:00Z')
  const event = { source: 's', id: 'e', appId: 'app', meter: 'issues', quantity: 5, time }
  const usage = {
    appId: 'app',
    meter: 'issues',
    quantity: 5,
    period: '2026-02',
    funding: 'unrated',
    charges: [],
  }
  const entry = { ...head, kind: 'usage', source: 's', id: 'e', time, usage, isLate: false, isOverrun: false }
  const known = new Map([[event, 'duplicate']] as const)
  const record = (seen: ReadonlyMap<typeof event, 'duplicate'>) =>
    recordUsage(account, { kind: 'record-usage', events: [event] }, { ...context, known: seen })
  expect(record(new Map())).toEqual({
    account: next,
    entries: [entry],
    answer: [{ event, status: 'recorded', entry }],
  })
  expect(record(known)).toEqual({ account, entries: [], answer: [{ event, status: 'duplicate' }] })
})
