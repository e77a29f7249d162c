import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'

type Day = Answer<'getCampaignProgress'>['days'][number]
type Open = Answer<'getCampaignProgress'>['open']

const measures = ['teams', 'teamsWithoutPlan', 'appsNotInHub'] as const
type Measure = (typeof measures)[number]

const [gap, height] = [0.2, 20]
/** A few days do not fill the width. */
const placesMin = 30

/** The open work of each day as bars, and the same figures as a table. */
export function Days({ days, open }: { readonly days: readonly Day[]; readonly open: Open }) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  if (days.length === 0)
    return (
      <Panel title={t('days.title')}>
        <p>{t('days.none')}</p>
      </Panel>
    )
  const columns = [
    { name: t('days.day') },
    ...measures.map((name) => ({ name: t(`days.${name}`), isNumber: true })),
  ]
  return (
    <Panel title={t('days.title')}>
      <div className="day-bars">
        {measures.map((measure) => (
          <Bars key={measure} measure={measure} days={days} now={open[measure]} />
        ))}
      </div>
      <details>
        <summary>{t('days.table')}</summary>
        <Table label={t('days.title')} columns={columns}>
          {days.toReversed().map((row) => (
            <tr key={row.day}>
              <th scope="row">{format.day(row.day)}</th>
              {measures.map((measure) => (
                <td key={measure} className="number">
                  {format.number(row[measure])}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      </details>
    </Panel>
  )
}

interface BarsProps {
  readonly measure: Measure
  readonly days: readonly Day[]
  readonly now: number
}

function Bars({ measure, days, now }: BarsProps) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const [first] = days
  const highest = Math.max(1, ...days.map((day) => day[measure]))
  const places = Math.max(days.length, placesMin)
  const label = t('days.label', {
    name: t(`days.${measure}`),
    first: format.number(first?.[measure] ?? 0),
    day: first === undefined ? '' : format.day(first.day),
    now: format.number(now),
  })
  return (
    <figure>
      <svg viewBox={`0 0 ${places} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {days.map((day, index) => {
          const size = (day[measure] / highest) * height
          return <rect key={day.day} x={index + gap / 2} y={height - size} width={1 - gap} height={size} />
        })}
      </svg>
      <figcaption aria-hidden="true">{label}</figcaption>
    </figure>
  )
}
