import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useFormat } from '../../use-format.ts'

/** The price that the buyer has seen. A price that changes meanwhile is not agreed to before the buyer says so. */
export function useAgreedPrice(usdCents: number) {
  const [agreedUsdCents, setAgreed] = useState(usdCents)
  return { agreedUsdCents, agree: () => setAgreed(usdCents) }
}

interface NewPriceProps {
  readonly before: number
  readonly now: number
  readonly onAgree: () => void
}

/** Asks again, because the price is another one than the buyer has seen. */
export function NewPrice({ before, now, onAgree }: NewPriceProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  return (
    <Notice title={t('newPrice.title')} tone="warn" level={3} isUrgent>
      <p>{t('newPrice.detail', { before: format.usd(before), now: format.usd(now) })}</p>
      <Button onPress={onAgree}>{t('newPrice.agree', { now: format.usd(now) })}</Button>
    </Notice>
  )
}
