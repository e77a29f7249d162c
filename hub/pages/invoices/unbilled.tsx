import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { InvoiceLines, SumRow } from './invoice-lines.tsx'

/** Pay-as-you-go usage without an invoice: of this month, and of the last month until it is billed. */
export function Unbilled() {
  const { t } = useTranslation('invoices')
  const format = useFormat()
  const balance = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  return (
    <Panel title={t('unbilled.title')}>
      <View query={balance}>
        {({
          payAsYouGo: { enabled, period, usdCents = 0, unbilledUsdCents = 0, creditUsdCents = 0, lines },
        }) => (
          <>
            {unbilledUsdCents > 0 && <p>{t('unbilled.lastMonth', { usd: format.usd(unbilledUsdCents) })}</p>}
            {creditUsdCents > 0 && <p>{t('unbilled.credit', { usd: format.usd(creditUsdCents) })}</p>}
            {lines.length === 0 ? (
              <p>{enabled ? t('unbilled.nothing', { period: format.period(period) }) : t('unbilled.off')}</p>
            ) : (
              <>
                <p>{t('unbilled.thisMonth', { period: format.period(period) })}</p>
                <InvoiceLines label={t('unbilled.title')} period={period} lines={lines.map(priced)}>
                  <SumRow name={t('unbilled.total')} amount={format.usd(usdCents)} />
                </InvoiceLines>
              </>
            )}
          </>
        )}
      </View>
    </Panel>
  )
}

/** Adds the unit price if all units have the same one. */
function priced<Line extends { readonly units: number; readonly usdCents?: number }>(line: Line) {
  const { usdCents = 0 } = line
  const price = usdCents / line.units
  return { ...line, usdCents, ...(Number.isInteger(price) && { unitPriceUsdCents: price }) }
}
