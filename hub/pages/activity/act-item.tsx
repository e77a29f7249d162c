import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { useApps } from '../../apps.ts'
import { Instant } from '../../components/instant.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Wrapping } from '../../components/wrapping.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { type Act, placeOf } from './acts.ts'

/** One act: the time, the person, and a link to what it changed. */
export function ActItem({ act }: { readonly act: Act }) {
  const { t } = useTranslation('activity')
  const words = useWords()
  const { at, actor, reason } = act
  const place = placeOf(act)
  return (
    <li className="act">
      <Instant at={at} />
      <span className="act-actor">
        <Wrapping text={actor.email ?? actor.subject} />
      </span>
      <PageLink page={place.page} query={place.query}>
        <Wrapping text={words(act)} />
      </PageLink>
      {reason !== undefined && <span className="act-reason">{t('reason', { reason })}</span>}
    </li>
  )
}

/** Returns an act in words, with the names of apps and the addresses of webhooks where these are known. */
function useWords() {
  const { t } = useTranslation('activity')
  const { t: layout } = useTranslation('layout')
  const apps = useApps()
  const { data: settings } = useAnswer('getNotifications', { params: { teamId: useTeamId() } })
  return ({ kind, targetId = '', member, changed = [] }: Act): string => {
    const url = settings?.webhooks.find(({ webhookId }) => webhookId === targetId)?.url
    return t(`kind.${kind}`, {
      id: url ?? apps.name(targetId),
      email: member?.email ?? targetId,
      role: member === undefined ? '' : layout(`role.${member.role}`),
      parts: changed.map((part) => t(`part.${part}`)).join(t('part.and')),
    })
  }
}
