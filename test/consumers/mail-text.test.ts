import { describe, expect, test } from 'vitest'
import { eventSchemas } from '../../contract/event-schemas.ts'
import { mailedTypes } from '../../core/events/notified-types.ts'
import { type MailFacts, ownMailedTypes } from '../../core/texts/mail-model.ts'
import { isMailed, mailText } from '../../core/texts/mail-text.ts'
import { localTime, zoneOf } from '../../lambdas/delivery/local-time.ts'
import { mailFacts } from '../../lambdas/delivery/mail-facts.ts'

const facts: MailFacts = {
  meter: 'automation-autocad',
  measure: 'cost-usd-cents',
  threshold: 1_000,
  value: 1_205,
  percent: 80,
  used: 80,
  limit: 100,
  resumesAt: '2026-02-01T00:00:00Z',
  tokens: 12.5,
  ofTokens: 100,
  lotId: 'order-1',
  purchaseId: 'order-1',
  number: 7,
  days: 30,
  expiresAt: '2026-03-01T00:00:00Z',
  period: '2026-01',
  usdCents: 1_205,
  dueUsdCents: 1_000,
  retryAt: '2026-02-07T00:00:00Z',
  paymentReference: 'acme~order-1',
  because: 'operator',
  reason: 'a reason',
  campaignId: 'aps-2025',
  notice: 'reminded',
  deadlineAt: '2026-01-17T00:00:00Z',
  apps: 2,
  appIds: ['one', 'two'],
  appId: 'one',
  url: 'https://example.com/hook',
  teamName: 'Team acme',
  role: 'developer',
  invitedBy: 'aoi@example.com',
}

test.each([...mailedTypes, ...ownMailedTypes])(
  'a mail about %s says all it knows, in either language',
  (type) => {
    for (const language of ['en', 'ja'] as const) {
      const { subject, paragraphs } = mailText(type, language, facts)
      const text = [subject, ...paragraphs].join('\n')
      expect(text).not.toMatch(/undefined|NaN|\[object/)
      expect(subject).not.toContain('\n')
      expect(/[ぁ-ん]/.test(text)).toBe(language === 'ja')
    }
  },
)

test.each(['AlertReached', 'AlertBackUnder'] as const)('%s leads to the use and to the alerts', (type) => {
  const links = {
    usageUrl: 'https://hub.example/teams/acme/usage',
    alertsUrl: 'https://hub.example/teams/acme/notifications',
  }
  for (const language of ['en', 'ja'] as const) {
    const textOf = (more: object) => mailText(type, language, { ...facts, ...more }).paragraphs.join('\n')
    for (const url of Object.values(links)) expect(textOf(links)).toContain(url)
    expect(textOf({})).not.toContain('http')
  }
})

test.each(['UsageThresholdReached', 'FreeLimitReached'] as const)(
  '%s names the API where all of it stops, and the meter alone where only that stops',
  (type) => {
    const stop = { ...facts, api: 'automation', meter: 'autocad' }
    for (const language of ['en', 'ja'] as const) {
      const textOf = (freeLimitStops: string) =>
        mailText(type, language, { ...stop, freeLimitStops }).paragraphs.join('\n')
      expect(textOf('api')).toContain('API automation')
      expect(textOf('meter')).not.toContain('automation')
    }
  },
)

test('amounts and instants are readable', () => {
  const { subject, paragraphs } = mailText('InvoiceIssued', 'en', facts)
  expect(subject).toBe('Your invoice for 2026-01: USD 10.00')
  expect(paragraphs[0]).toContain('USD 12.05')
  expect(mailText('PaymentRetryComing', 'ja', facts).paragraphs[0]).toContain('2026-02-07 00:00 UTC')
})

test('a team is written to once about one thing, though several events say it', () => {
  expect(isMailed('UsageThresholdReached', 'acme.7.0', { percent: 80 })).toBe(true)
  expect(isMailed('UsageThresholdReached', 'acme.7.0', { percent: 100 })).toBe(false)
  expect(isMailed('FreeLimitReached', 'acme.7.1', {})).toBe(true)
  expect(isMailed('AppSuspended', 'acme.9.0', {})).toBe(true)
  expect(isMailed('AppSuspended', 'acme.9.10', {})).toBe(false)
  expect(isMailed('PeriodClosed', 'acme.9.0', {})).toBe(false)
  expect(isMailed('PaymentRequested', 'acme.9.2', {})).toBe(false)
})

test('every fact that a mail may name reaches it from the event', () => {
  // Invitations are not on the bus.
  const { teamName: _, role: __, invitedBy: ___, ...named } = facts
  const detail = { ...named, api: 'automation', freeLimitStops: 'api' }
  expect(mailFacts(detail)).toEqual(detail)
  for (const type of mailedTypes) expect(Object.keys(eventSchemas)).toContain(type)
})

describe('an instant in a mail', () => {
  const retryText = (language: 'en' | 'ja', country?: string, retryAt = '2026-07-07T15:30:00Z') => {
    const zone = zoneOf(language, country)
    const timeOf = zone && ((at: string) => localTime(at, zone))
    return mailText('PaymentRetryComing', language, { ...facts, retryAt }, timeOf).paragraphs[0]
  }

  test('is in UTC, with the time in Japan next to it where the mail is in Japanese', () => {
    expect(retryText('ja')).toContain('2026-07-07 15:30 UTC (2026-07-08 00:30 JST)')
    expect(retryText('ja', 'GB')).toContain('JST')
  })

  test("has the local time of the team's country next to it where that has one time zone", () => {
    expect(retryText('en', 'GB')).toContain('2026-07-07 15:30 UTC (2026-07-07 16:30 BST)')
    expect(retryText('en', 'DE', '2026-01-07T23:30:00Z')).toContain(
      '2026-01-07 23:30 UTC (2026-01-08 00:30 CET)',
    )
    expect(retryText('en', 'JP')).toContain('2026-07-07 15:30 UTC (2026-07-08 00:30 JST)')
  })

  test.each(['US', 'NZ', 'ES', 'XX', undefined])('is in UTC alone for the country %s', (country) => {
    expect(retryText('en', country)).toContain('2026-07-07 15:30 UTC.')
  })
})

test('mails in Japanese use the words of the glossary', () => {
  for (const type of [...mailedTypes, 'WebhookDisabled'] as const) {
    const { subject, paragraphs } = mailText(type, 'ja', facts)
    const text = [subject, ...paragraphs].join('\n')
    expect(text).not.toMatch(/Flex トークン|失効|無料枠|プランを選/)
    expect(text).not.toMatch(/(?<!後払い\()従量課金/)
  }
})
