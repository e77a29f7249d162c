import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { Badge } from '../../components/badge.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { type RatedMeter, useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { DatedChanges } from './dated-changes.tsx'

/** The rates of each meter on both plans, now and by the rate cards that are already published. */
export function RateCard({ offer }: { readonly offer: Offer }) {
  const { at, rateCard, upcoming } = offer
  const { t } = useTranslation('plan')
  const format = useFormat()
  const from = format.instant(rateCard.effectiveAt)
  const isComing = rateCard.effectiveAt > at
  return (
    <Panel title={t('rates.title')} aside={isComing ? t('rates.from', { from }) : t('rates.since', { from })}>
      <p>{t('rates.detail')}</p>
      <RateTable label={t('rates.table')} meters={rateCard.meters} />
      {upcoming
        .filter(({ version }) => version !== rateCard.version)
        .map(({ version, effectiveAt, meters }) => (
          <div key={version} className="upcoming">
            <h3>{t('rates.upcoming', { from: format.instant(effectiveAt) })}</h3>
            <RateTable label={t('rates.upcoming', { from: format.instant(effectiveAt) })} meters={meters} />
          </div>
        ))}
      <DatedChanges offer={offer} />
      <p className="unverified">
        <Badge tone="warn">{t('unverified.mark')}</Badge> {t('unverified.meaning')}
      </p>
    </Panel>
  )
}

function RateTable({ label, meters }: { readonly label: string; readonly meters: readonly RatedMeter[] }) {
  const { t } = useTranslation('plan')
  return (
    <Table
      label={label}
      columns={[
        { name: t('rates.meter') },
        { name: t('rates.free'), isNumber: true },
        { name: t('rates.unit'), isNumber: true },
        { name: t('rates.tokens'), isNumber: true },
        { name: t('rates.usd'), isNumber: true },
      ]}
    >
      {meters.map((rate) => (
        <RateRow key={rate.meter} rate={rate} />
      ))}
    </Table>
  )
}

function RateRow({ rate }: { readonly rate: RatedMeter }) {
  const { t } = useTranslation('plan')
  const names = useMeters()
  const format = useFormat()
  const {
    meter,
    freePerPeriod,
    freeLimitStops,
    unitSize,
    tokensPerUnit,
    usdCentsPerUnit,
    unverified,
    ended,
  } = rate
  if (ended)
    return (
      <tr>
        <th scope="row">{names.name(meter)}</th>
        <td colSpan={4}>{t('rates.ends')}</td>
      </tr>
    )
  return (
    <tr>
      <th scope="row">
        {names.name(meter)} {unverified && <Badge tone="warn">{t('unverified.mark')}</Badge>}
      </th>
      <td className="number">
        {names.quantity(meter, freePerPeriod)}
        {freeLimitStops === 'meter' && <small> {t('rates.stopsMeter')}</small>}
      </td>
      <td className="number">{names.quantity(meter, unitSize)}</td>
      <td className="number">{format.tokens(tokensPerUnit)}</td>
      <td className="number">{format.usd(usdCentsPerUnit)}</td>
    </tr>
  )
}
