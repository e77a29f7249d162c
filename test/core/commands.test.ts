import { describe, expect, test } from 'vitest'
import type { Account } from '../../core/account/account.ts'
import { lotsMax } from '../../core/account/bounds.ts'
import { publishRateCard } from '../../core/catalog/publish-rate-card.ts'
import { adjust } from '../../core/commands/adjust.ts'
import { authorize } from '../../core/commands/authorize.ts'
import { moveApp } from '../../core/commands/move-app.ts'
import { namedAppsMax, notify } from '../../core/commands/notify.ts'
import { purchaseTokens } from '../../core/commands/purchase-tokens.ts'
import { rejectionOf } from '../../core/commands/record-usage.ts'
import { registerTeam } from '../../core/commands/register-team.ts'
import { takePayment } from '../../core/commands/take-payment.ts'
import { record } from '../../core/journal/record.ts'
import { registerApp } from '../../core/migration/register-app.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import { World } from '../support/world.ts'

const world = new World('2026-02-20T10:00:00Z')
world.plan({ plan: 'paid', payAsYouGo: false })
world.buy(100)
const { account, context, app } = world
const unchanged = (answer: unknown) => ({ account, entries: [], answer })

/** The entry of a decision; fails where it refuses, or makes none or several. */
function onlyEntry<E>(decided: { readonly entries: readonly E[] } | { readonly refused: true }): E {
  const entries = 'refused' in decided ? [] : decided.entries
  const [entry] = entries
  if (entry === undefined || entries.length > 1) throw new Error(`${entries.length} entries`)
  return entry
}

/** An account with as many lots as it may carry. */
const fullAccount: Account = {
  ...account,
  lots: Array.from({ length: lotsMax }, (_, index) => {
    return { ...account.lots[0], lotId: `lot-${index}` } as Account['lots'][number]
  }),
}

/** A purchase whose payment is still awaited. */
function boughtOnCredit() {
  const decided = purchaseTokens(
    account,
    { kind: 'purchase-tokens', purchaseId: 'p', tokens: 100, isPaidAtOnce: false },
    context,
  )
  if ('refused' in decided) throw new Error(decided.code)
  return decided.answer
}

describe('an id that exists', () => {
  test('as an authorization gets the same answer while it is open, and is closed after that', () => {
    const ask = {
      authorizationId: 'a',
      appId: 'app',
      meter: 'automation-autocad',
      quantity: 5,
      holdSeconds: 60,
    }
    const decided = authorize(account, { kind: 'authorize', ...ask }, { ...context, app })
    if ('refused' in decided) throw new Error(decided.code)
    const suspended = { ...account, suspendedBecause: 'abuse' }
    const earlier = { grant: decided.answer.entry, latest: decided.answer.entry.authorization }
    const again = { ...context, app, earlier }
    expect(authorize(suspended, { kind: 'authorize', ...ask }, again)).toEqual({
      account: suspended,
      entries: [],
      answer: decided.answer,
    })
    for (const other of [{ appId: 'b' }, { meter: 'm' }, { quantity: 6 }, { holdSeconds: 61 }])
      expect(authorize(account, { kind: 'authorize', ...ask, ...other }, again)).toEqual(
        refuse('IDEMPOTENCY_CONFLICT'),
      )
    const ends = {
      final: { closed: true, closedBecause: 'final' },
      void: { closed: true, closedBecause: 'void' },
      'used-up': { used: 5 },
      expired: { expiresAt: context.now },
    } as const
    for (const [closedBecause, end] of Object.entries(ends)) {
      const over = { ...again, earlier: { ...earlier, latest: { ...earlier.latest, ...end } } }
      expect(authorize(account, { kind: 'authorize', ...ask }, over)).toMatchObject({
        code: 'AUTHORIZATION_CLOSED',
        missing: [{ code: 'AUTHORIZATION_CLOSED', closedBecause }],
      })
      expect(authorize(account, { kind: 'authorize', ...ask, quantity: 6 }, over)).toEqual(
        refuse('IDEMPOTENCY_CONFLICT'),
      )
    }
  })

  test('as a purchase is shown with its lot, and is a conflict for another number of tokens', () => {
    const command = { kind: 'purchase-tokens', purchaseId: 'p', tokens: 100, isPaidAtOnce: true } as const
    const decided = purchaseTokens(account, command, context)
    if ('refused' in decided) throw new Error(decided.code)
    const { purchase, lot, payable } = decided.answer
    const earlier = { purchase, lot, payable }
    expect(purchaseTokens(account, command, { ...context, earlier })).toEqual(unchanged(earlier))
    const other = { ...command, tokens: 101 }
    expect(purchaseTokens(account, other, { ...context, earlier })).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
  })

  test('as an adjustment changes nothing, also where its reason was erased, and is a conflict for another amount', () => {
    const command = { kind: 'adjust', adjustmentId: 'x', reason: 'sorry', usdCents: 500 } as const
    const earlier = onlyEntry(adjust(account, command, context))
    if (earlier.kind !== 'adjustment') throw new Error(earlier.kind)
    const again = (changes: object, reason = 'sorry') =>
      adjust(account, { ...command, ...changes }, { ...context, earlier: { ...earlier, reason } })
    expect(again({})).toEqual(unchanged(undefined))
    expect(again({}, '[erased]')).toEqual(unchanged(undefined))
    for (const other of [{ reason: 'why' }, { usdCents: 501 }, { tokens: 1 }])
      expect(again(other)).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
  })

  test('as a payment changes nothing', () => {
    const command = { kind: 'take-payment', paymentId: 'x', status: 'settled' } as const
    const paidFor = { purchase: 'p' }
    const { entry: latest } = record(account, context.now, {
      kind: 'payment',
      paymentId: 'x',
      status: 'settled',
      paidFor,
      usdCents: 300,
      sequence: 0,
      payable: { status: 'paid', paidBy: 'x' },
      creditUsdCents: 0,
    })
    const again = (changes: object, was: object = {}) => {
      const known = { ...context, latest: { ...latest, ...was } }
      return takePayment(account, { ...command, paidFor, ...changes }, known)
    }
    expect(again({})).toEqual(unchanged({ isKnown: true }))
    expect(again({ status: 'failed' }, { status: 'failed' })).toEqual(unchanged({ isKnown: true }))
    expect(again({ status: 'failed' })).toEqual(refuse('IDEMPOTENCY_CONFLICT', { because: 'order' }))
    const elsewhere = refuse('IDEMPOTENCY_CONFLICT', { because: 'reference' })
    for (const other of [{ purchase: 'q' }, { invoice: '2026-01' }])
      expect(again({ paidFor: other })).toEqual(elsewhere)
    expect(again({}, { teamId: 'bolt' })).toEqual(elsewhere)
  })

  test('as a payment that failed may settle, as the next result of the same payment', () => {
    const { purchase } = boughtOnCredit()
    const command = { kind: 'take-payment', paymentId: 'x', paidFor: { purchase: 'p' } } as const
    const target = { purchase, payable: { status: 'pending' } } as const
    const failed = takePayment(account, { ...command, status: 'failed' }, { ...context, target })
    const latest = onlyEntry(failed)
    if (latest.kind !== 'payment' || 'refused' in failed) throw new Error(latest.kind)
    const settled = takePayment(
      failed.account,
      { ...command, status: 'settled' },
      { ...context, target: { purchase, payable: latest.payable }, latest },
    )
    expect(settled).toMatchObject({
      entries: [{ kind: 'payment', status: 'settled', sequence: 1 }, { kind: 'lot-granted' }],
    })
  })
})

test('a payment for nothing that was asked for is not known; one for an invoice that is paid becomes credit', () => {
  const command = { kind: 'take-payment', paymentId: 'x', status: 'settled' } as const
  expect(takePayment(account, { ...command, paidFor: { purchase: 'p' } }, context)).toEqual(
    unchanged({ isKnown: false }),
  )
  const invoice = { ...command, paidFor: { invoice: '2026-01' } }
  expect(takePayment(account, invoice, context)).toEqual(unchanged({ isKnown: false }))
  const target = { payable: { status: 'paid' }, usdCents: 900 } as const
  const credited = takePayment(account, invoice, { ...context, target })
  expect(credited).toMatchObject({ account: { creditUsdCents: account.creditUsdCents + 900, dues: [] } })
})

test('an account that is full of lots takes no purchase and no tokens, but money', () => {
  const command = { kind: 'adjust', adjustmentId: 'x', reason: 'sorry' } as const
  const purchase = { kind: 'purchase-tokens', purchaseId: 'p', tokens: 100, isPaidAtOnce: false } as const
  expect(purchaseTokens(fullAccount, purchase, context)).toEqual(refuse('TOO_MANY_LOTS'))
  expect(adjust(fullAccount, { ...command, tokens: 1 }, context)).toEqual(refuse('TOO_MANY_LOTS'))
  expect(onlyEntry(adjust(fullAccount, { ...command, usdCents: 1 }, context))).toMatchObject({
    kind: 'adjustment',
    tokens: 0,
    creditUsdCents: 1,
  })
})

describe('an app', () => {
  const outside = { ...app, isInHub: false }
  const move = (facts: Omit<Parameters<typeof moveApp>[2], 'now' | 'catalog'>) =>
    moveApp(account, { kind: 'move-app', appId: 'app' }, { ...context, ...facts })

  test('moves into a hub that exists, once, and only with its own team', () => {
    expect(move({ hasHub: false, app: outside })).toEqual(refuse('HUB_REQUIRED'))
    expect(move({ hasHub: true })).toEqual(refuse('UNKNOWN_APP'))
    expect(move({ hasHub: true, app: { ...outside, teamId: 'globex' } })).toEqual(refuse('UNKNOWN_APP'))
    expect(move({ hasHub: true, app })).toEqual(unchanged('already-there'))
    expect(onlyEntry(move({ hasHub: true, app: outside }))).toMatchObject({ kind: 'app-moved', appId: 'app' })
  })

  test('is registered outside the hub, keeps its place, and never changes its team', () => {
    const asked = { appId: 'app', teamId: 'acme', name: 'Viewer' }
    expect(registerApp(undefined, asked)).toEqual({ ...asked, isInHub: false })
    expect(registerApp(app, asked)).toEqual({ ...asked, isInHub: true })
    expect(registerApp({ ...app, teamId: 'globex' }, asked)).toEqual(refuse('APP_OF_ANOTHER_TEAM'))
  })
})

describe('a campaign', () => {
  const campaign = { campaignId: 'c', opensAt: 1, deadlineAt: 2, remindAt: [] }
  const step = { notice: 'stopped', scheduledAt: 2 } as const
  const notifyOf = (count: number, isNotified = false) => {
    const apps = Array.from({ length: count }, (_, index) => ({ ...app, appId: `a${index}`, isInHub: false }))
    return notify(
      account,
      { kind: 'notify', campaign, step },
      { ...context, apps: [app, ...apps], isNotified },
    )
  }

  test('notifies a team of its apps that do not comply: all are counted, a hundred are named', () => {
    expect(notifyOf(0)).toEqual(unchanged({ apps: 0 }))
    expect(onlyEntry(notifyOf(namedAppsMax + 1))).toEqual({
      teamId: 'acme',
      version: account.version + 1,
      at: context.now,
      kind: 'campaign-notice',
      campaignId: 'c',
      ...step,
      deadlineAt: 2,
      appIds: Array.from({ length: namedAppsMax }, (_, index) => `a${index}`),
      apps: namedAppsMax + 1,
    })
  })

  test('counts a team that was notified before, and does not notify it again', () => {
    expect(notifyOf(3, true)).toEqual(unchanged({ apps: 3 }))
  })
})

test('a team is registered again only where its name or profile differs', () => {
  const { profile } = account
  const register = (name: string, changes: object = {}, before = account) =>
    registerTeam(
      before,
      { kind: 'register-team', name, profile: { ...profile, ...changes } },
      { ...context, today: 'Acme' },
    ).entries.length
  expect(register('Acme')).toBe(0)
  expect(register('Acme', {}, { ...account, version: 0 })).toBe(1)
  expect(register('Globex')).toBe(1)
  for (const other of [{ country: 'JP' }, { paymentMethod: 'paypal' }, { standing: 'bad' }])
    expect(register('Acme', other)).toBe(1)
})

describe('a rate card', () => {
  const { catalog, now } = context
  const [published] = catalog.rateCards
  if (published === undefined) throw new Error('the launch has a card')
  const card = { version: 'next', effectiveAt: now + 90 * dayMs, meters: published.meters }

  test('is published a day ahead at the latest; less than 90 days are a short notice', () => {
    const publish = (notice: number) => publishRateCard(catalog, { ...card, effectiveAt: now + notice }, now)
    expect(publish(dayMs - 1)).toEqual(refuse('RATE_CARD_TOO_SOON'))
    expect(publish(dayMs)).toEqual({ isNew: true, isShortNotice: true })
    expect(publish(90 * dayMs - 1)).toEqual({ isNew: true, isShortNotice: true })
    expect(publish(90 * dayMs)).toEqual({ isNew: true, isShortNotice: false })
  })

  test('never changes, and may be published again as it is, whenever that is', () => {
    const later = { ...catalog, rateCards: [...catalog.rateCards, card] }
    expect(publishRateCard(later, card, now)).toEqual({ isNew: false, isShortNotice: false })
    expect(publishRateCard(later, card, card.effectiveAt)).toEqual({ isNew: false, isShortNotice: true })
    for (const other of [{ effectiveAt: card.effectiveAt + 1 }, { meters: card.meters.slice(1) }])
      expect(publishRateCard(later, { ...card, ...other }, now)).toEqual(refuse('RATE_CARD_EXISTS'))
  })
})

test('a usage event is rejected for its meter first, then for its time', () => {
  const { catalog, now } = context
  const event = { source: 's', id: 'e', appId: 'app', meter: 'automation-autocad', quantity: 1 }
  const rejection = (age: number, changes: object = {}) =>
    rejectionOf({ ...event, ...changes, time: now - age }, now, catalog)
  expect(rejection(34 * dayMs)).toBeUndefined()
  expect(rejection(34 * dayMs + 1)).toBe('EVENT_TOO_OLD')
  expect(rejection(-5 * 60_000)).toBeUndefined()
  expect(rejection(-5 * 60_000 - 1)).toBe('EVENT_IN_FUTURE')
  expect(rejection(35 * dayMs, { meter: 'nothing' })).toBe('UNKNOWN_METER')
})
