import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { describe, expect } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { nextDueAt } from '../../core/advance.ts'
import { apply } from '../../core/journal/fold.ts'
import { record } from '../../core/journal/record.ts'
import { fromAccountItem, toAccountItem } from '../../lambdas/store/account-item.ts'
import { ActivityStore } from '../../lambdas/store/activity.ts'
import { AlertStore } from '../../lambdas/store/alerts.ts'
import { openOperations } from '../../lambdas/store/all-rules.ts'
import { AppStore } from '../../lambdas/store/apps.ts'
import { BudgetKeyStore } from '../../lambdas/store/budget-keys.ts'
import { CampaignStore } from '../../lambdas/store/campaigns.ts'
import { CatalogStore } from '../../lambdas/store/catalog.ts'
import { DeliveryStore } from '../../lambdas/store/deliveries.ts'
import { DirectoryStore } from '../../lambdas/store/directory.ts'
import { fromEntryItem, toEntryItem } from '../../lambdas/store/entry-item.ts'
import { type ItemKind, readableVersions } from '../../lambdas/store/item-version.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import {
  accountKey,
  activityKey,
  actorKey,
  alertsKey,
  appKey,
  budgetKeyKey,
  campaignDayKey,
  campaignStepKey,
  catalogPk,
  deliveryKey,
  directoryKey,
  type Key,
  memberKey,
  membershipKey,
  notificationsKey,
  profileKey,
  purchaseKey,
  quoteKey,
  statementKey,
  usageCursorKey,
  usageKey,
} from '../../lambdas/store/keys.ts'
import { MemberStore } from '../../lambdas/store/members.ts'
import { MembershipStore } from '../../lambdas/store/memberships.ts'
import { NotificationStore } from '../../lambdas/store/notifications.ts'
import { QuoteStore } from '../../lambdas/store/quotes.ts'
import { marshallOptions } from '../../lambdas/store/sdk-table.ts'
import { StatementIndex } from '../../lambdas/store/statement-index.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { TeamStore } from '../../lambdas/store/teams.ts'
import { UsagePages } from '../../lambdas/store/usage-pages.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'

const clock = { now: () => Date.parse('2027-03-10T09:00:00Z') }
const day = 86_400_000
const bought = Date.parse('2026-01-15T08:30:00Z')

/** As the first version of the account was stored: no notices in a lot, no late units in a tally, no unpaid bills. */
const firstAccount = {
  pk: 'TEAM#acme',
  sk: 'ACCOUNT',
  itemVersion: 1,
  teamId: 'acme',
  version: 7,
  at: 1_768_465_800_000,
  period: '2026-01',
  spendLimitUsdCents: 5_000,
  profile: ['JP', 'credit-card', 'good'],
  terms: [
    [1_765_152_000_000, 'free', false],
    [1_767_225_600_000, 'paid', true],
  ],
  lots: [['p1', 100_000, 97_000, 1_768_465_800_000, 1_800_057_600_000]],
  meters: { 'model-derivative-complex-job': { remainder: 1, current: [0, 2, 600], paid: [29_474_460, 2] } },
  shortfall: [[5, 'reality-capture', 1, 1_000, 300]],
  limits: [['viewer', 'reality-capture', 10, 2, []]],
  dueShard: 'DUE#07',
  dueAt: '2026-02-01T00:00:00.000Z',
}

/** As every field of an account is stored today. */
const todaysAccount = {
  pk: 'TEAM#acme',
  sk: 'ACCOUNT',
  itemVersion: 1,
  teamId: 'acme',
  version: 41,
  at: 1_768_465_800_000,
  period: '2026-01',
  spendLimitUsdCents: 5_000,
  creditUsdCents: 250,
  suspendedBecause: 'abuse',
  overdueSince: 1_768_400_000_000,
  profile: ['JP', 'credit-card', 'good'],
  terms: [[1_767_225_600_000, 'paid', true]],
  lots: [['p1', 100_000, 97_000, 1_768_465_800_000, 1_800_057_600_000, 2]],
  meters: {
    'reality-capture': {
      remainder: 3,
      current: [0, 2, 600, 1],
      previous: [0, 1, 300],
      free: [29_474_460, 2],
      paid: [29_474_460, 2, 15, 7],
    },
  },
  dues: [['2025-12', 300, 7, 1_767_500_000_000]],
  shortfall: [[5, 'reality-capture', 1, 1_000, 300]],
  limits: [['viewer', 'reality-capture', 10, 2, [29_474_460, 2]]],
}

/** A lot and an invoice as the first version wrote them into the journal, where they stay. */
const firstGrant = {
  pk: 'TEAM#acme',
  sk: 'ENTRY#lot-granted.p1',
  team: 'acme',
  version: 1,
  at: bought,
  kind: 'lot-granted',
  lot: {
    lotId: 'p1',
    milliTokens: 100_000,
    remaining: 100_000,
    purchasedAt: bought,
    expiresAt: Date.parse('2027-01-16T00:00:00Z'),
  },
  settled: [],
}
const firstInvoice = {
  pk: 'TEAM#acme',
  sk: 'INVOICE#2026-01',
  team: 'acme',
  version: 9,
  at: Date.parse('2026-02-03T00:00:00Z'),
  kind: 'period-closed',
  period: '2026-01',
  lines: [{ meter: 'reality-capture', units: 2, usdCents: 600 }],
  usdCents: 600,
  creditUsdCents: 0,
}

const firstStep = {
  pk: 'TEAM#acme',
  sk: 'ENTRY#payment-recovery.000000010',
  team: 'acme',
  version: 10,
  at: Date.parse('2026-02-06T00:00:00Z'),
  kind: 'payment-recovery',
  dueId: 'invoice:2026-01',
  step: 1,
  do: 'retry',
}
const firstNotice = {
  pk: 'TEAM#acme',
  sk: 'ENTRY#campaign-notice.c1.announced.1765152000000',
  team: 'acme',
  version: 11,
  at: Date.parse('2026-02-07T00:00:00Z'),
  kind: 'campaign-notice',
  campaignId: 'c1',
  notice: 'announced',
  of: Date.parse('2025-12-08T00:00:00Z'),
  deadlineAt: Date.parse('2026-01-17T00:00:00Z'),
  appIds: ['viewer'],
  apps: 1,
}

describe('an item of before', () => {
  test('that is an account is read with what it did not have yet', () => {
    expect(fromAccountItem(firstAccount)).toEqual({
      teamId: 'acme',
      version: 7,
      at: 1_768_465_800_000,
      profile: { country: 'JP', paymentMethod: 'credit-card', standing: 'good' },
      terms: [
        { from: 1_765_152_000_000, plan: 'free', payAsYouGo: false },
        { from: 1_767_225_600_000, plan: 'paid', payAsYouGo: true },
      ],
      spendLimitUsdCents: 5_000,
      creditUsdCents: 0,
      documents: 0,
      receipts: 0,
      teamVersion: 0,
      carriedUsdCents: 0,
      suspendedBecause: undefined,
      overdueSince: undefined,
      dues: [],
      period: '2026-01',
      lots: [
        {
          lotId: 'p1',
          milliTokens: 100_000,
          remaining: 97_000,
          purchasedAt: 1_768_465_800_000,
          expiresAt: 1_800_057_600_000,
          notices: 0,
        },
      ],
      meters: {
        'model-derivative-complex-job': {
          remainder: 1,
          current: { free: 0, units: 2, usdCents: 600, lateUnits: 0 },
          previous: { free: 0, units: 0, usdCents: 0, lateUnits: 0 },
          free: [],
          paid: [{ expiresAt: 1_768_467_600_000, quantity: 2 }],
        },
      },
      shortfall: [
        { entry: 5, meter: 'reality-capture', units: 1, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 },
      ],
      limits: [{ appId: 'viewer', meter: 'reality-capture', perPeriod: 10, used: 2, held: [] }],
      subscriptions: [],
    })
  })

  test('that is an account without a version is of the first', () => {
    const { itemVersion: _, ...without } = firstAccount
    expect(fromAccountItem(without)).toEqual(fromAccountItem(firstAccount))
  })

  test('that granted a lot folds into an account that tells when the lot expires', () => {
    const account = apply(emptyAccount('acme'), fromEntryItem(firstGrant))
    expect(account.lots).toMatchObject([{ lotId: 'p1', notices: 0 }])
    expect(nextDueAt(account)).toBe(Date.parse('2027-01-16T00:00:00Z') - 90 * day)
  })

  test('that names fields as the first version did is read, and would be written, with the names of the second', () => {
    const { do: action, ...step } = firstStep
    const { of: scheduledAt, ...notice } = firstNotice
    const { settled: paidShortfall, lot, ...grant } = firstGrant
    const second = [
      [firstStep, { ...step, action }],
      [firstNotice, { ...notice, scheduledAt }],
      [firstGrant, { ...grant, lot: { ...lot, notices: 0 }, paidShortfall }],
    ] as const
    for (const [first, item] of second)
      expect(toEntryItem(fromEntryItem(first))).toEqual({ ...item, itemVersion: 2 })
  })

  test('that closed a period has no late units', () => {
    expect(fromEntryItem(firstInvoice)).toMatchObject({ lines: [{ units: 2, usdCents: 600, lateUnits: 0 }] })
  })
})

test('an account is stored as it was yesterday: who changes that gives it another version (ADR 015)', () => {
  const stored = unmarshall(marshall(toAccountItem(fromAccountItem(todaysAccount)), marshallOptions))
  const { dueShard: _, dueAt: __, openShard: ___, openKey: ____, ...shape } = stored
  expect(shape).toEqual(todaysAccount)
})

describe('an item of a later deployment', () => {
  let table: Table
  test.beforeAll(async ({ engine }) => {
    table = await engine.newTable()
  })

  const campaignDay = campaignDayKey('c1', '2027-03-01')
  const reads: Readonly<Record<ItemKind, readonly [key: Key, read: () => Promise<unknown>]>> = {
    account: [accountKey('acme'), () => openOperations(table, clock).advance('acme')],
    entry: [
      purchaseKey('acme', 'p'),
      () => new JournalStore(table).find(purchaseKey('acme', 'p'), 'purchase'),
    ],
    profile: [profileKey('acme'), () => new TeamStore(table).find('acme')],
    app: [appKey('viewer'), () => new AppStore(table).find('viewer')],
    member: [memberKey('acme', 'aoi'), () => new MemberStore(table).list('acme')],
    membership: [membershipKey('a@b.jp', 'acme'), () => new MembershipStore(table).ofEmail('a@b.jp')],
    alerts: [alertsKey('acme'), () => new AlertStore(table).load('acme')],
    notifications: [notificationsKey('acme'), () => new NotificationStore(table).load('acme')],
    delivery: [deliveryKey('acme', '1.0.email'), () => new DeliveryStore(table).find('acme', '1.0.email')],
    'budget key': [budgetKeyKey('hash'), () => new BudgetKeyStore(table).find('hash')],
    quote: [quoteKey('acme', 'q1'), () => new QuoteStore(table).find('acme', 'q1')],
    activity: [
      activityKey('acme', 1, { version: 1 }),
      () => new ActivityStore(table).find({ teamId: 'acme', limit: 1, filter: {} }),
    ],
    actor: [actorKey('acme', 'aoi'), () => new ActivityStore(table).addresses('acme', ['aoi'])],
    cursor: [usageCursorKey('acme'), () => new UsageView(table, new JournalStore(table)).catchUp('acme', 1)],
    'usage of a month': [
      usageKey('acme', { period: '2027-03', appId: 'viewer', meter: 'autocad' }),
      () => new UsagePages(table).page({ teamId: 'acme', from: '2027-03-01', to: '2027-03-01', by: ['app'] }),
    ],
    'directory row': [directoryKey('acme'), () => new DirectoryStore(table).stored('acme')],
    'statement digest': [
      statementKey('acme', 0, 7),
      () => new StatementIndex(table, new JournalStore(table)).nodes('acme', 0, { from: 7, to: 7, limit: 1 }),
    ],
    'catalog item': [{ pk: catalogPk, sk: 'SETTINGS' }, () => new CatalogStore(table, clock).read()],
    'campaign progress': [campaignDay, () => new CampaignStore(table).days('c1')],
  }

  test.each(Object.keys(reads) as ItemKind[])('is refused by name where it is of kind "%s"', async (kind) => {
    const [key, read] = reads[kind]
    const known = readableVersions[kind]
    const Item = { ...key, itemVersion: known + 1, version: 5, kind: 'purchase' }
    await table.send('PutItem', { TableName: table.tableName, Item })
    await expect(read()).rejects.toMatchObject({
      name: 'UnknownItemVersion',
      message: `This deployment reads ${kind} up to version ${known}, not ${known + 1}: a later one wrote it.`,
    })
  })

  test('is not written over, also where an older one was remembered', async ({ table: fresh }) => {
    const operations = openOperations(fresh, clock)
    const suspend = (reason: string) => operations.run('kumo', { kind: 'suspend', reason })
    const profile = { country: 'US', paymentMethod: 'paypal', standing: 'good' } as const
    const { account } = record(emptyAccount('kumo'), bought, {
      kind: 'team-changed',
      profile,
      teamVersion: 1,
    })
    const put = (Item: object) => fresh.send('PutItem', { TableName: fresh.tableName, Item: { ...Item } })
    const Key = accountKey('kumo')
    const get = async () => (await fresh.send('GetItem', { TableName: fresh.tableName, Key })).Item
    await put(toAccountItem(account))
    expect(await suspend('test')).toEqual({ answer: undefined })
    expect(await get()).toMatchObject({ version: 2 })
    const later = { ...toAccountItem({ ...account, version: 3 }), itemVersion: 3, fromTheFuture: 'kept' }
    await put(later)
    await expect(suspend('another')).rejects.toMatchObject({ name: 'UnknownItemVersion' })
    expect(await get()).toMatchObject({ version: 3, itemVersion: 3, fromTheFuture: 'kept' })
  })
})

describe('a finished step of a campaign', () => {
  test('is read by the first name of its instant, too', async ({ table }) => {
    const finished = { notice: 'announced', finishedAt: 5, teams: 1, apps: 2 } as const
    const key = campaignStepKey('c1', 'announced.4')
    await table.send('PutItem', { TableName: table.tableName, Item: { ...key, ...finished, of: 4 } })
    const campaigns = new CampaignStore(table)
    expect(await campaigns.steps('c1')).toEqual([{ ...finished, scheduledAt: 4 }])
    await campaigns.finish('c2', { ...finished, scheduledAt: 4 })
    expect(await campaigns.steps('c2')).toEqual([{ ...finished, scheduledAt: 4 }])
  })
})
