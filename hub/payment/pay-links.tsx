import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useMayChange, useSignedIn, useTeamId } from '../session/session-context.ts'
import { useFormat } from '../use-format.ts'
import { paymentAddress } from './payment-address.ts'

export interface PayLinksProps {
  readonly paymentReference: string
  readonly usdCents: number
}

/**
 * Links to the payment processor's page, which returns to this page: pay now, and another payment method. Without such a page,
 * it names the other way to pay.
 */
export function PayLinks({ paymentReference, usdCents }: PayLinksProps) {
  const { t } = useTranslation('payment')
  const format = useFormat()
  const address = usePaymentAddress()
  if (!useMayChange()) return null
  if (address === undefined) return <p>{t('bySupport', { reference: paymentReference })}</p>
  return (
    <div className="buttons">
      <a className="button primary" href={address(paymentReference)}>
        {t('payNow', { total: format.usd(usdCents) })}
      </a>
      <a className="button plain" href={address()}>
        {t('changeMethod')}
      </a>
    </div>
  )
}

/** A link to another payment method. Renders nothing where there is no page for it. */
export function ChangeMethod() {
  const { t } = useTranslation('payment')
  const address = usePaymentAddress()
  if (!useMayChange() || address === undefined) return null
  return (
    <a className="button plain" href={address()}>
      {t('changeMethod')}
    </a>
  )
}

/** The address of the processor's page for a reference; undefined where the deployment has none. */
function usePaymentAddress(): ((reference?: string) => string) | undefined {
  const { config } = useSignedIn()
  const teamId = useTeamId()
  const { i18n } = useTranslation()
  const [path] = useLocation()
  const { paymentPage } = config
  if (paymentPage === undefined) return undefined
  return (reference) =>
    paymentAddress({ paymentPage, teamId, language: i18n.language, origin: location.origin, path, reference })
}
