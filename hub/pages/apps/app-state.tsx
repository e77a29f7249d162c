import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { OnboardingAnswer as Onboarding } from '../../../contract/get-onboarding.ts'
import { Badge } from '../../components/badge.tsx'
import { Missing } from '../../missing.tsx'
import { CodeLink } from '../../refusals.tsx'
import { useFormat } from '../../use-format.ts'
import { RefusedList, refusedTo } from './refused-uses.tsx'

/** An app with the whole refusal that it names. */
export type HubApp = Omit<Onboarding['apps'][number], 'refusal'> & {
  readonly refusal: Onboarding['refusals'][number] | undefined
}

export function appsOf({ apps, refusals }: Onboarding): readonly HubApp[] {
  return apps.map((app) => ({ ...app, refusal: app.refusal && refusals[app.refusal.index] }))
}

export interface AppStateProps {
  readonly app: HubApp
  /** The state of the team, in which some meters may be refused to its apps. Absent until it is read. */
  readonly balance: Pick<Balance, 'refused' | 'resetsAt'> | undefined
}

/** The state of an app: until when it works, or why it is stopped (fully or partly) and how to resolve that. */
export function AppState({ app, balance }: AppStateProps) {
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
        <Missing refused={[refusal]} />
        <small>{refusal.resolve}</small>
        <CodeLink code={refusal.code} />
      </div>
    )
  if (stopsAt !== undefined)
    return (
      <div className="app-state">
        <Badge tone="warn">{t('state.until', { at: format.instant(stopsAt) })}</Badge>
        {missing?.map((code) => (
          <p key={code}>{t(`missing.${code}`)}</p>
        ))}
      </div>
    )
  const refused = balance === undefined ? [] : refusedTo(app, balance, t('limit.reached'))
  if (refused.length > 0)
    return (
      <div className="app-state">
        <Badge tone="warn">{t('state.partly')}</Badge>
        <p>{t('state.refused')}</p>
        <RefusedList refused={refused} />
      </div>
    )
  return (
    <div className="app-state">
      <Badge tone="good">{t('state.works')}</Badge>
    </div>
  )
}
