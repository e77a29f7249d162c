import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Panel } from '../../components/panel.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useOffer } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { useUsage } from '../usage/use-usage.ts'
import { MeterTable } from './meter-table.tsx'
import { Shortfall } from './shortfall.tsx'
import { UsageLink } from './usage-link.tsx'

interface PaidMetersProps {
  readonly balance: Balance
}

/** The usage and cost of each paid meter this period, with held amounts, remainders and any shortfall. */
export function PaidMeters({ balance }: PaidMetersProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const isPaid = balance.plan === 'paid'
  const title = isPaid ? t('paid.month', { period: format.period(balance.period) }) : t('paid.title')
  return (
    <>
      <Shortfall shortfall={balance.shortfall} />
      {(isPaid || balance.remainders.length > 0) && (
        <Panel title={title} aside={<UsageLink />}>
          <p>{t('paid.detail')}</p>
          {isPaid ? (
            <Month balance={balance} title={title} />
          ) : (
            <MeterTable balance={balance} title={title} />
          )}
        </Panel>
      )}
    </>
  )
}

/** Reads the usage again when the balance changes, because that is usually a change of the usage. */
function useAskedAgain(refetch: () => unknown, { at: _, ...balance }: Balance): void {
  const figures = JSON.stringify(balance)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures are what it waits for
  useEffect(() => void refetch(), [figures, refetch])
}

function Month({ balance, title }: PaidMetersProps & { readonly title: string }) {
  const { t } = useTranslation('overview')
  const range = { from: `${balance.period}-01`, to: balance.at.slice(0, 10) }
  const usage = useUsage(range, { groupBy: 'meter' })
  useAskedAgain(usage.refetch, balance)
  // The offer says which meters are rated.
  const offer = useOffer()
  const query = usage.data === undefined ? usage : offer
  // Until the first answer of a new period arrives, `usage` still contains the previous period.
  const use = offer.data !== undefined && usage.data?.from === range.from ? usage.data.rows : undefined
  return (
    <>
      <p>{t('paid.follows')}</p>
      <View query={{ ...query, data: use }} skeleton={<Skeleton lines={4} />}>
        {(rows) => <MeterTable balance={balance} use={rows} title={title} />}
      </View>
      {use === undefined && query.errorUpdateCount > 0 && <MeterTable balance={balance} title={title} />}
    </>
  )
}
