import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useMeters, useOffer } from '../../meters.ts'
import { Missing } from '../../missing.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useTimeZone } from '../../time-zone.ts'
import { useFormat } from '../../use-format.ts'
import { type StoppedApp, useDeadlineCheck } from './use-deadline-check.ts'

/** Before the deadline: the days that are left, and the calls that would be refused if it were today. Then nothing. */
export function DeadlinePanel() {
  const { data: balance } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const deadlineAt = useOffer().data?.campaign?.deadlineAt
  if (balance === undefined || deadlineAt === undefined) return null
  if (Date.parse(balance.at) >= Date.parse(deadlineAt)) return null
  return <Ahead now={balance.at} deadlineAt={deadlineAt} />
}

interface AheadProps {
  readonly now: string
  readonly deadlineAt: string
}

function Ahead({ now, deadlineAt }: AheadProps) {
  const { t } = useTranslation('apps')
  const format = useFormat()
  const zone = useTimeZone()
  const check = useDeadlineCheck()
  const { apps, week, hasNextPage, isFetchingNextPage, fetchNextPage } = check
  const byCause = Map.groupBy(apps, ({ refusal }) => refusal.code)
  return (
    <Panel title={t('deadline.title')} aside={week && <Verdict count={apps.length} hasMore={hasNextPage} />}>
      <p className="countdown">
        <strong>{t('deadline.left', { distance: format.distance(deadlineAt, now) })}</strong>{' '}
        <span>
          <Instant at={deadlineAt} /> {zone !== 'UTC' && `(${zone})`}
        </span>
      </p>
      <View query={{ ...check, data: week }}>
        {({ from, to }) => (
          <>
            {apps.length === 0 && <p>{t('deadline.nothing')}</p>}
            {[...byCause].map(([code, those]) => (
              <Cause
                key={code}
                apps={those}
                week={t('deadline.week', { from: format.day(from), to: format.day(to) })}
              />
            ))}
            {hasNextPage && (
              <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
                {t('deadline.more')}
              </Button>
            )}
          </>
        )}
      </View>
    </Panel>
  )
}

function Verdict({ count, hasMore }: { readonly count: number; readonly hasMore: boolean }) {
  const { t } = useTranslation('apps')
  if (count === 0) return <Badge tone="good">{t('deadline.none')}</Badge>
  return (
    <Badge tone="bad">{hasMore ? t('deadline.many', { count }) : t('deadline.stopped', { count })}</Badge>
  )
}

interface CauseProps {
  readonly apps: readonly StoppedApp[]
  /** Heading of the calls. */
  readonly week: string
}

/** The apps that would stop for one reason, what to do about it, and their calls. */
function Cause({ apps, week }: CauseProps) {
  const [first] = apps
  if (first === undefined) return null
  const { refusal } = first
  return (
    <section className="deadline-cause">
      <h3>{refusal.title}</h3>
      <Missing refused={[refusal]} />
      <p>{refusal.resolve}</p>
      <StoppedApps apps={apps} week={week} />
    </section>
  )
}

function StoppedApps({ apps, week }: CauseProps) {
  const { t } = useTranslation('apps')
  const meters = useMeters()
  return (
    <>
      <h4>{week}</h4>
      <ul className="stopped-apps">
        {apps.map(({ appId, name, uses }) => (
          <li key={appId}>
            <div className="stopped-name">
              <strong>{name}</strong>
              <small>{appId}</small>
            </div>
            {uses.length === 0 ? (
              <span>{t('deadline.noCalls')}</span>
            ) : (
              <ul>
                {uses.map(({ meter, quantity }) => (
                  <li key={meter}>
                    {meters.name(meter)}: {meters.quantity(meter, quantity)}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
