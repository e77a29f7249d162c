import { describe, expect, test } from 'vitest'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import { failedPaymentText } from '../../core/texts/failed-payment-text.ts'
import { mailText } from '../../core/texts/mail-text.ts'
import { formatIn } from '../../hub/format.ts'
import { mailFacts } from '../../lambdas/delivery/mail-facts.ts'

/* Banner and lists share one component of the page, so two texts can differ: that of the page and that of the mail. */

const failedAt = '2026-03-03T01:00:00Z'
const stopsAt = '2026-03-17T01:00:00Z'
const retries = ['2026-03-06T01:00:00Z', '2026-03-10T01:00:00Z', '2026-03-15T01:00:00Z', undefined]
const dues = ['acme~invoice:2026-02', 'acme~charge-back:p1'] as const
const cases = dues.flatMap((paymentReference) =>
  retries.flatMap((retryAt) =>
    [300, 12_345_678].map((usdCents) => ({ paymentReference, usdCents, failedAt, retryAt, stopsAt })),
  ),
)
const purchase = { paymentReference: 'acme~p1', usdCents: 30_000, failedAt, payUntil: '2026-04-02T01:00:00Z' }

interface Facts {
  readonly paymentReference: string
  readonly usdCents: number
  readonly failedAt: string
  readonly retryAt?: string | undefined
  readonly stopsAt?: string | undefined
  readonly payUntil?: string | undefined
}

const payUrl = 'https://hub.example/teams/acme/invoices'

function mailOf(language: 'en' | 'ja', facts: Facts): string {
  return mailText('PaymentFailed', language, { ...mailFacts({ ...facts }), payUrl }).paragraphs.join('\n')
}

function pageOf(language: 'en' | 'ja', facts: Facts): string {
  const format = formatIn(language, { dateLocale: language === 'ja' ? 'ja-JP' : 'en-US', timeZone: 'UTC' })
  const written = (at: string | undefined) => (at === undefined ? undefined : format.instant(at))
  return failedPaymentText(language, {
    paidFor: parsePaymentReference(facts.paymentReference).paidFor,
    usd: format.usd(facts.usdCents),
    failedAt: format.instant(facts.failedAt),
    retryAt: written(facts.retryAt),
    stopsAt: written(facts.stopsAt),
    payUntil: written(facts.payUntil),
  })
}

/** The amounts in cents and the days that a text names, each once, in order. */
function figuresIn(text: string) {
  const amounts = [...text.matchAll(/(?:USD |\$)([\d,]+\.\d\d)/g)].map(([, usd = '']) =>
    Math.round(Number(usd.replaceAll(',', '')) * 100),
  )
  const days = [
    ...text.matchAll(
      /(\d{4})-(\d\d)-(\d\d) 01:00|(\w{3}) (\d+), (\d{4}), 01:00|(\d{4})年(\d+)月(\d+)日 01:00/g,
    ),
  ]
  const named = days.map(([found]) => new Date(`${found.replace(/[年月]/g, '-').replace('日', '')} UTC`))
  return { amounts: [...new Set(amounts)], days: [...new Set(named.map((day) => day.toISOString()))].sort() }
}

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.each([...cases, purchase])(
    'mail and page name the same amount, failure and next step of $paymentReference, next try $retryAt, $usdCents cents',
    (facts: Facts) => {
      const { failedAt: failure, retryAt, stopsAt: stop, payUntil } = facts
      const days = [failure, retryAt, stop, payUntil].flatMap((at) => at ?? [])
      const expected = { amounts: [facts.usdCents], days: days.map((at) => at.replace('Z', '.000Z')).sort() }
      expect(figuresIn(mailOf(language, facts))).toEqual(expected)
      expect(figuresIn(pageOf(language, facts))).toEqual(expected)
      expect(mailOf(language, facts)).toContain(payUrl)
    },
  )

  test('the mail about the stop says since when, and links to the page', () => {
    const facts = { because: 'payment-overdue', ...cases[0], retryAt: undefined }
    const text = mailText('TeamSuspended', language, { ...mailFacts(facts), payUrl }).paragraphs.join('\n')
    expect(text).toContain('2026-03-17 01:00 UTC')
    expect(text).toContain(payUrl)
  })

  test('a mail without the address of the page names the page', () => {
    const text = mailText('PaymentRetryComing', language, mailFacts({ ...cases[0] })).paragraphs.join('\n')
    expect(text).toMatch(/"Invoices"|「請求書」/)
    expect(text).not.toContain('undefined')
  })
})
