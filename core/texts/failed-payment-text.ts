import type { PaidFor } from '../account/dues.ts'
import type { Language } from './texts-model.ts'

/** A failed payment. Amount and instants are written as its reader reads them. */
export interface FailedPayment {
  readonly paidFor: PaidFor
  readonly usd: string
  readonly failedAt: string
  /** The next try; absent after the last one, and for purchases, which nobody tries again by themselves. */
  readonly retryAt?: string | undefined
  /** The instant at which rated APIs stop; absent for purchases. */
  readonly stopsAt?: string | undefined
  /** True once rated APIs have stopped. */
  readonly isStopped?: boolean
  /** The instant until which a purchase can be paid; absent for dues. */
  readonly payUntil?: string | undefined
}

/** Writes a period such as `2026-02`. */
type WritePeriod = (period: string) => string

/** The sentences about a failed payment, the same in banner, lists and mails: the failure, and what comes next. */
export function failedPaymentText(
  language: Language,
  payment: FailedPayment,
  period: WritePeriod = (text) => text,
): string {
  const subject = paidForText(language, payment.paidFor, period)
  return language === 'ja' ? jaText(payment, subject) : enText(payment, subject)
}

/** The purpose of a payment in words. */
export function paidForText(language: Language, paidFor: PaidFor, period: WritePeriod): string {
  const isJa = language === 'ja'
  if ('invoice' in paidFor) {
    const month = period(paidFor.invoice)
    return isJa ? `${month}分の請求書` : `the invoice of ${month}`
  }
  if ('purchase' in paidFor)
    return isJa ? `トークン購入(${paidFor.purchase})` : `the token purchase ${paidFor.purchase}`
  return isJa
    ? `取り消された購入(${paidFor.chargeBack})の使用済みトークン`
    : `used tokens of the charged-back purchase ${paidFor.chargeBack}`
}

function enText({ usd, failedAt, retryAt, stopsAt, isStopped, payUntil }: FailedPayment, subject: string) {
  const failed = `The payment of ${usd} for ${subject} failed on ${failedAt}.`
  if (retryAt !== undefined)
    return `${failed} The next try is on ${retryAt}. Rated APIs stop on ${stopsAt} unless it is paid.`
  if (isStopped)
    return `${failed} All tries have failed. Rated APIs have been stopped since ${stopsAt}; they work again once it is paid.`
  if (stopsAt !== undefined)
    return `${failed} There is no further try. Pay it before ${stopsAt}, or rated APIs stop then.`
  return `${failed} It is not tried again automatically. You can pay until ${payUntil}.`
}

function jaText({ usd, failedAt, retryAt, stopsAt, isStopped, payUntil }: FailedPayment, subject: string) {
  const failed = `${subject}のお支払い(${usd})は、${failedAt} に失敗しました。`
  if (retryAt !== undefined)
    return `${failed}次回は ${retryAt} に再度お支払いを試みます。お支払いがない場合、課金対象 API は ${stopsAt} に停止します。`
  if (isStopped)
    return `${failed}再度の試みもすべて失敗し、課金対象 API は ${stopsAt} から停止しています。お支払いが完了すると再開します。`
  if (stopsAt !== undefined)
    return `${failed}自動での再試行はもう行われません。${stopsAt} までにお支払いがない場合、課金対象 API を停止します。`
  return `${failed}自動での再試行は行われません。${payUntil} までお支払いいただけます。`
}
