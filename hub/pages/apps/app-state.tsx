import { useTranslation } from 'react-i18next'
import type { Onboarding } from '../../api/types.ts'
import { Badge } from '../../components/badge.tsx'
import { useFormat } from '../../use-format.ts'

export type HubApp = Onboarding['apps'][number]

/** Whether an app works, until when, or why it is stopped and what lifts that. */
export function AppState({ app }: { readonly app: HubApp }) {
  const { t } = useTranslation('apps')
  const format = useFormat()
  const { refusal, stopsAt, missing } = app
  if (refusal !== undefined)
    return (
      <div className="app-state">
        <Badge tone="bad">{t('state.stopped')}</Badge>
        <p>
          <strong>{refusal.title}</strong>{' '}
          {refusal.resumesAt !== undefined && t('state.resumes', { at: format.instant(refusal.resumesAt) })}
        </p>
        <small>{refusal.resolve}</small>
      </div>
    )
  if (stopsAt !== undefined)
    return (
      <div className="app-state">
        <Badge tone="warn">{t('state.until', { at: format.instant(stopsAt) })}</Badge>
        {missing !== undefined && <p>{t(`missing.${missing}`)}</p>}
      </div>
    )
  return (
    <div className="app-state">
      <Badge tone="good">{t('state.works')}</Badge>
    </div>
  )
}
