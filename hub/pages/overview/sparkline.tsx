import { useTranslation } from 'react-i18next'
import type { ForecastAnswer as Forecast } from '../../../contract/get-forecast.ts'
import { useOffer } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { useCostText } from './use-cost-text.ts'

type Days = Forecast['days']

const [gap, height] = [0.25, 20]

/** The cost of each of the last days as a row of bars. Its text says the total and the dearest day. */
export function Sparkline({ days, period }: { readonly days: Days; readonly period: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const text = useCostText()
  const { data: offer } = useOffer()
  const tokenUsdCents = offer?.priceList.steps[0]?.unitPriceUsdCents ?? 0
  const drawn = days.map(({ tokens, usdCents = 0 }) => usdCents + tokens * tokenUsdCents)
  const highest = Math.max(...drawn)
  const dearest = days[drawn.indexOf(highest)]
  if (dearest === undefined || highest === 0) return null
  const label = t('cost.days', {
    count: days.length,
    cost: text(dearest),
    day: format.day(dearest.day),
  })
  return (
    <figure className="sparkline">
      <svg viewBox={`0 0 ${days.length} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {days.map(({ day }, index) => {
          const size = ((drawn[index] ?? 0) / highest) * height
          return (
            <rect
              key={day}
              className={day.startsWith(period) ? 'this-month' : 'last-month'}
              x={index + gap / 2}
              y={height - size}
              width={1 - gap}
              height={size}
            />
          )
        })}
      </svg>
      <figcaption aria-hidden="true">{label}</figcaption>
    </figure>
  )
}
