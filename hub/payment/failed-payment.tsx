import { useTranslation } from 'react-i18next'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import { failedPaymentText } from '../../core/texts/failed-payment-text.ts'
import { useFormat } from '../use-format.ts'

export interface FailedPaymentProps {
  readonly payment: {
    readonly paymentReference: string
    readonly usdCents: number
    readonly failedAt?: string | undefined
    readonly retryAt?: string | undefined
    readonly stopsAt?: string | undefined
    readonly payUntil?: string | undefined
  }
  /** The time of the service, which decides if rated APIs have stopped. Absent for purchases, which stop nothing. */
  readonly now?: string
}

/** The failure of a payment, and the next try or the time until which it can be paid. Renders nothing before a failure. */
export function FailedPayment({ payment, now }: FailedPaymentProps) {
  const { i18n } = useTranslation()
  const format = useFormat()
  const { paymentReference, usdCents, failedAt, retryAt, stopsAt, payUntil } = payment
  if (failedAt === undefined) return null
  const instant = (at: string | undefined) => (at === undefined ? undefined : format.instant(at))
  const { paidFor } = parsePaymentReference(paymentReference)
  const facts = {
    paidFor,
    usd: format.usd(usdCents),
    failedAt: format.instant(failedAt),
    retryAt: instant(retryAt),
    stopsAt: instant(stopsAt),
    isStopped: stopsAt !== undefined && now !== undefined && Date.parse(stopsAt) <= Date.parse(now),
    payUntil: instant(payUntil),
  }
  return (
    <p className="failed-payment">
      {failedPaymentText(i18n.language === 'ja' ? 'ja' : 'en', facts, format.period)}
    </p>
  )
}
