import { useTranslation } from 'react-i18next'
import type { Grouped } from './grouped.ts'

const othersColour = 7

/** The colour of each series, and its total in the days shown. */
export function UsageLegend({ grouped: { series, memberName, write } }: { readonly grouped: Grouped }) {
  const { t } = useTranslation('usage')
  return (
    <ul className="legend" aria-label={t('chart.legend')}>
      {series.map(({ member, sum }, index) => (
        <li key={member ?? ''}>
          <svg
            viewBox="0 0 12 12"
            aria-hidden="true"
            className={`series-${member === undefined ? othersColour : index}`}
          >
            <rect width="12" height="12" rx="2" />
          </svg>
          {memberName(member)} <strong>{write(sum)}</strong>
        </li>
      ))}
    </ul>
  )
}
