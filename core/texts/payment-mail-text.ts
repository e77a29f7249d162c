import { parsePaymentReference } from '../account/payment-reference.ts'
import { failedPaymentText } from './failed-payment-text.ts'
import { type MailFacts, usdText, type WriteMinute } from './mail-model.ts'
import type { Language } from './texts-model.ts'

/** The paragraphs about a failed payment: the sentences of the page, and the way to pay. Empty without a failure. */
export function failedPaymentParagraphs(
  language: Language,
  facts: MailFacts & { readonly isStopped?: boolean },
  minute: WriteMinute,
): readonly string[] {
  const { paymentReference, usdCents, failedAt, retryAt, stopsAt, payUntil, isStopped } = facts
  if (paymentReference === undefined || failedAt === undefined) return []
  const written = (at: string | undefined) => (at === undefined ? undefined : minute(at))
  const text = failedPaymentText(language, {
    paidFor: parsePaymentReference(paymentReference).paidFor,
    usd: usdText(usdCents),
    failedAt: minute(failedAt),
    retryAt: written(retryAt),
    stopsAt: written(stopsAt),
    isStopped: isStopped === true,
    payUntil: written(payUntil),
  })
  return [text, payText(language, facts.payUrl)]
}

/** The way to the page on which a failed payment can be made. */
export function payText(language: Language, payUrl: string | undefined): string {
  if (payUrl === undefined)
    return language === 'ja'
      ? 'デベロッパーハブの「請求書」のページで、お支払いや、お支払い方法の変更ができます。'
      : 'Pay, or change the payment method, on the page "Invoices" of the developer hub.'
  return language === 'ja'
    ? `お支払い、お支払い方法の変更はこちら: ${payUrl}`
    : `Pay, or change the payment method: ${payUrl}`
}
