import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import type { WhatIfAnswer as WhatIf } from '../../../contract/what-if.ts'
import { DayField } from '../../components/day-field.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { useFormat } from '../../use-format.ts'
import { type Asked, lastDay, type PurchaseFault, type useAsked } from './asked.ts'

export interface PurchaseFormProps {
  readonly asked: Asked
  readonly change: ReturnType<typeof useAsked>['change']
  readonly fault: PurchaseFault | undefined
  readonly offer: Offer
  readonly today: string
  readonly found: WhatIf['purchase']
}

/** Asks for a purchase of tokens on a day, and shows how long it lasts at the pace of the use above. */
export function PurchaseForm({ asked, change, fault, offer, today, found }: PurchaseFormProps) {
  const { t } = useTranslation('what-if')
  const format = useFormat()
  const [first] = useState(asked.tokens)
  const minimum = t('purchase.minimum', { minimum: format.tokens(offer.priceList.minimumTokens) })
  const type = (tokens: number | undefined) => {
    if (tokens !== asked.tokens) change({ tokens: tokens === undefined ? '' : String(tokens) })
  }
  const isShown = found !== undefined && asked.tokens !== undefined && fault === undefined
  return (
    <>
      <p>{t('purchase.detail')}</p>
      <div className="purchase-fields">
        <NumberField
          label={t('purchase.tokens')}
          defaultValue={first}
          hint={minimum}
          problem={fault === 'tooFew' ? minimum : fault === 'tooMany' ? t('purchase.tooMany') : undefined}
          onType={type}
        />
        <DayField
          label={t('purchase.on')}
          value={asked.on}
          today={today}
          onChange={(on) => change({ on: on === today ? '' : on })}
          isRequired
          problem={fault === 'day' ? t('purchase.days', { last: format.day(lastDay(today)) }) : undefined}
        />
      </div>
      {isShown && <Course purchase={found} />}
      <p>
        <PageLink page="plan">{t('purchase.toPlan')}</PageLink>
      </p>
    </>
  )
}

function Course({ purchase }: { readonly purchase: NonNullable<WhatIf['purchase']> }) {
  const { t } = useTranslation('what-if')
  const format = useFormat()
  const { tokens, unitPriceUsdCents, usdCents, expiresAt, tokensBefore, emptyBeforeOn, runOutOn, lapsing } =
    purchase
  const count = (value: number) => ({ count: value, tokens: format.tokens(value) })
  return (
    <ul className="course" aria-live="polite">
      <li>
        {t('purchase.price', {
          ...count(tokens),
          price: format.usd(unitPriceUsdCents),
          total: format.usd(usdCents),
        })}
      </li>
      {emptyBeforeOn === undefined ? (
        <li>{t('purchase.before', { ...count(tokensBefore), day: format.day(purchase.on) })}</li>
      ) : (
        <li>{t('purchase.emptyBefore', { day: format.day(emptyBeforeOn) })}</li>
      )}
      <li>
        {runOutOn === undefined
          ? t('purchase.lasts', { at: format.instant(expiresAt) })
          : t('purchase.runsOut', { day: format.day(runOutOn) })}
      </li>
      <li>
        {lapsing > 0
          ? t('purchase.lapses', { ...count(lapsing), at: format.instant(expiresAt) })
          : t('purchase.nothingLapses')}
      </li>
    </ul>
  )
}
