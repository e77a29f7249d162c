import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Gauge } from '../../components/gauge.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { monthRange } from '../usage/usage-range.ts'

/** The cost of this period so far, against the spend limit and by meter. Only admins see it. */
export function PayAsYouGo({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { enabled, usdCents, spendLimitUsdCents, unbilledUsdCents, creditUsdCents, lines, period } =
    balance.payAsYouGo
  if (usdCents === undefined || (!enabled && usdCents === 0 && unbilledUsdCents === undefined)) return null
  const lateUnits = lines.reduce((sum, line) => sum + (line.lateUnits ?? 0), 0)
  const title = t('payAsYouGo.title', { period: format.period(period) })
  return (
    <Panel title={title}>
      {spendLimitUsdCents === undefined ? (
        <p className="figure">{format.usd(usdCents)}</p>
      ) : (
        <Gauge
          label={t('payAsYouGo.limit')}
          used={usdCents}
          held={0}
          limit={spendLimitUsdCents}
          write={format.usd}
        />
      )}
      {spendLimitUsdCents === undefined && <p>{t('payAsYouGo.noLimit')}</p>}
      {unbilledUsdCents !== undefined && (
        <p>{t('payAsYouGo.unbilled', { usd: format.usd(unbilledUsdCents) })}</p>
      )}
      {lateUnits > 0 && <Late count={lateUnits} period={period} />}
      {creditUsdCents !== undefined && <p>{t('payAsYouGo.credit', { usd: format.usd(creditUsdCents) })}</p>}
      {lines.length > 0 && <Lines lines={lines} period={period} title={title} />}
    </Panel>
  )
}

/** Late units are in this bill and in the use of an earlier month; the link leads to both. */
function Late({ count, period }: { readonly count: number; readonly period: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <p>
      {t('payAsYouGo.late', { count, units: format.number(count) })}{' '}
      <PageLink page="usage" query={{ ...monthRange(period), group: 'meter' }}>
        {t('payAsYouGo.compared')}
      </PageLink>
    </p>
  )
}

interface LinesProps {
  readonly lines: Balance['payAsYouGo']['lines']
  readonly period: string
  readonly title: string
}

function Lines({ lines, period, title }: LinesProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const meters = useMeters()
  const columns = ['meter', 'units', 'usd'] as const
  return (
    <Table
      label={title}
      columns={columns.map((name) => ({ name: t(`payAsYouGo.${name}`), isNumber: name !== 'meter' }))}
    >
      {lines.map(({ meter, units, usdCents }) => (
        <tr key={meter}>
          <th scope="row">
            <PageLink page="statement" query={{ period, meter, source: 'pay-as-you-go' }}>
              {meters.name(meter)}
            </PageLink>
          </th>
          <td className="number">{format.number(units)}</td>
          <td className="number">{format.usd(usdCents ?? 0)}</td>
        </tr>
      ))}
    </Table>
  )
}
