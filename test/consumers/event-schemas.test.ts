import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { eventJsonSchemas } from '../../bin/event-schemas.ts'
import { eventSchemas } from '../../contract/event-schemas.ts'
import { emptyAccount } from '../../core/account/account.ts'
import type { DomainEvent, DomainEventBody, DomainEventType } from '../../core/events/domain-event.ts'
import { eventsOf } from '../../core/events/events-of.ts'
import { notifiedTypes } from '../../core/events/notified-types.ts'
import { apply } from '../../core/journal/fold.ts'
import { eventToJson } from '../../lambdas/bus/event-json.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { eventfulWorld } from '../support/stored-world.ts'

const at = Date.parse('2026-01-15T09:00:00Z')

/** One of each kind; one that `core` adds does not compile without its sample. */
const samples: { readonly [Type in DomainEventType]: Extract<DomainEventBody, { type: Type }> } = {
  UsageThresholdReached: {
    type: 'UsageThresholdReached',
    meter: 'm',
    api: 'a',
    freeLimitStops: 'api',
    percent: 80,
    used: 80,
    limit: 100,
  },
  FreeLimitReached: {
    type: 'FreeLimitReached',
    meter: 'm',
    api: 'a',
    freeLimitStops: 'api',
    limit: 100,
    resumesAt: at,
  },
  TokensLow: { type: 'TokensLow', milliTokens: 12_345, ofMilliTokens: 100_000 },
  TokensExhausted: { type: 'TokensExhausted' },
  LotExpiring: { type: 'LotExpiring', lotId: 'l', milliTokens: 1, days: 90, expiresAt: at },
  LotExpired: { type: 'LotExpired', lotId: 'l', milliTokens: 500 },
  PeriodClosed: { type: 'PeriodClosed', period: '2026-01', usdCents: 900 },
  InvoiceIssued: {
    type: 'InvoiceIssued',
    period: '2026-01',
    lines: [{ meter: 'm', units: 3, usdCents: 900, lateUnits: 1 }],
    usdCents: 900,
    dueUsdCents: 400,
  },
  PaymentRequested: {
    type: 'PaymentRequested',
    paidFor: { invoice: '2026-01' },
    usdCents: 400,
    attempt: 0,
  },
  PaymentRetryComing: {
    type: 'PaymentRetryComing',
    paidFor: { invoice: '2026-01' },
    usdCents: 400,
    failedAt: at,
    retryAt: at,
    stopsAt: at,
  },
  IncludedThresholdReached: {
    type: 'IncludedThresholdReached',
    meter: 'm',
    percent: 80,
    used: 80,
    limit: 100,
  },
  UsageBackUnder: {
    type: 'UsageBackUnder',
    meter: 'automation-autocad',
    api: 'automation',
    freeLimitStops: 'api',
    percent: 80,
    used: 70,
    limit: 100,
  },
  AlertReached: {
    type: 'AlertReached',
    alertId: 'monthly',
    appId: 'viewer',
    measure: 'cost-usd-cents',
    threshold: 10_000,
    value: 10_200,
    period: '2026-01',
  },
  AlertBackUnder: {
    type: 'AlertBackUnder',
    alertId: 'low',
    measure: 'tokens-left',
    threshold: 100_000,
    value: 200_500,
    period: '2026-01',
  },
  UsageReversed: {
    type: 'UsageReversed',
    reversalId: 'r-1',
    appId: 'viewer',
    meter: 'automation-autocad',
    quantity: 720,
    milliTokens: 1_000,
    creditUsdCents: 0,
    reason: 'reported twice',
  },
  CreditNoteIssued: {
    type: 'CreditNoteIssued',
    number: 2,
    teamVersion: 1,
    country: 'US',
    currency: 'USD',
    period: '2026-01',
    meter: 'automation-autocad',
    units: 1,
    usdCents: 300,
    dueUsdCents: 300,
  },
  PurchaseRefunded: { type: 'PurchaseRefunded', purchaseId: 'p-1', usdCents: 30_000, milliTokens: 70_000 },
  PurchaseChargedBack: {
    type: 'PurchaseChargedBack',
    purchaseId: 'p-1',
    usdCents: 30_000,
    milliTokens: 70_000,
    dueUsdCents: 9_000,
  },
  PaymentFailed: {
    type: 'PaymentFailed',
    paidFor: { purchase: 'p-1' },
    usdCents: 400,
    failedAt: at,
    payUntil: at,
  },
  TeamSuspended: { type: 'TeamSuspended', because: 'operator', reason: 'abuse' },
  TeamResumed: { type: 'TeamResumed', because: 'paid' },
  AppMigrated: { type: 'AppMigrated', appId: 'a' },
  MigrationReminder: {
    type: 'MigrationReminder',
    campaignId: 'c',
    notice: 'reminded',
    deadlineAt: at,
    apps: 1,
    appIds: ['a'],
  },
  AppSuspended: { type: 'AppSuspended', campaignId: 'c', appId: 'a' },
}

const read = (type: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/${type}.json`, import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: true })
addFormats.default(ajv)

/** As it arrives: what JSON drops is gone. */
const onTheWire = (event: DomainEvent): unknown => JSON.parse(JSON.stringify(eventToJson(event)))

describe.each(Object.values(samples))('$type', (body) => {
  const event: DomainEvent = { eventId: 'acme.7.0', teamId: 'acme', at, ...body }
  test('its schema in the repository is that of the code', () => {
    expect(read(body.type), 'run npm run openapi').toEqual(eventJsonSchemas()[body.type])
  })
  test('a sent event matches its schema', () => {
    const validate = ajv.compile(read(body.type))
    expect(validate(onTheWire(event)), JSON.stringify(validate.errors)).toBe(true)
    expect(v.parse(eventSchemas[body.type], onTheWire(event))).toEqual(onTheWire(event))
  })
})

test('every event of a year of one team keeps to its schema', () => {
  let account = emptyAccount('acme')
  const seen = new Set<string>()
  for (const entry of eventfulWorld().entries) {
    const after = apply(account, entry)
    for (const event of eventsOf(account, after, entry, launchCatalog)) {
      seen.add(event.type)
      expect(v.is(eventSchemas[event.type], onTheWire(event)), event.type).toBe(true)
    }
    account = after
  }
  expect(seen.size).toBeGreaterThan(4)
})

test('tokens have at most three decimals, and instants are RFC 3339', () => {
  const event: DomainEvent = { eventId: 'acme.7.0', teamId: 'acme', at, ...samples.TokensLow }
  expect(onTheWire(event)).toMatchObject({ at: '2026-01-15T09:00:00Z', tokens: 12.345, ofTokens: 100 })
})

test('teams are notified of every event except requests for payment', () => {
  const types: string[] = Object.keys(samples)
  expect([...notifiedTypes].sort()).toEqual(types.filter((type) => type !== 'PaymentRequested').sort())
})
