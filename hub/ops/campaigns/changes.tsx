import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useFormat } from '../../use-format.ts'
import { lastDayOf } from './deadline.ts'

/** The last changes of a campaign, with the operator, the time and the reason. */
export function Changes({ changes }: { readonly changes: Answer<'getCampaign'>['changes'] }) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const dayOf = (at: string) => format.day(lastDayOf(at))
  return (
    <Panel title={t('changes.title')}>
      {changes.length === 0 && <p>{t('changes.none')}</p>}
      <ul className="changes">
        {changes.map(({ changedAt, actor, reason, deadlineFrom, deadlineAt }) => (
          <li key={`${changedAt} ${deadlineAt}`}>
            <Instant at={changedAt} /> <span className="id">{actor?.subject ?? t('changes.nobody')}</span>
            <br />
            {deadlineFrom === undefined || deadlineFrom === deadlineAt
              ? t('changes.set', { to: dayOf(deadlineAt) })
              : t('changes.moved', { from: dayOf(deadlineFrom), to: dayOf(deadlineAt) })}
            {reason !== undefined && (
              <>
                <br />
                <q>{reason}</q>
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
