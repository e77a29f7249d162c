import { expect, test } from 'vitest'
import { mailedTypes } from '../../core/events/notified-types.ts'
import { type MailFacts, ownMailedTypes } from '../../core/texts/mail-model.ts'
import { isMailed, mailText } from '../../core/texts/mail-text.ts'

const facts: MailFacts = {
  meter: 'automation-autocad',
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
