import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnboardingAnswer as Onboarding } from '../../../contract/get-onboarding.ts'
import { useAnswer } from '../../api/queries.ts'
import { AdminButton } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { AppList } from './app-list.tsx'
import { appsOf } from './app-state.tsx'
import { DeadlinePanel } from './deadline-panel.tsx'
import { HubDialog } from './hub-dialog.tsx'
import { OnboardingSteps } from './onboarding-steps.tsx'
import { useMoving } from './use-moving.ts'
import './apps.css'

/** Shows which apps work, until when, and the remaining steps. */
export function AppsPage() {
  const { t } = useTranslation('apps')
  const params = { teamId: useTeamId() }
  const onboarding = useAnswer('getOnboarding', { params })
  const team = useAnswer('getTeam', { params })
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <View query={onboarding} skeleton={<Skeleton lines={10} />}>
        {(answer) => <Apps onboarding={answer} hubName={team.data?.hub?.name} />}
      </View>
    </>
  )
}

interface AppsProps {
  readonly onboarding: Onboarding
  readonly hubName: string | undefined
}

function Apps({ onboarding, hubName }: AppsProps) {
  const { steps } = onboarding
  const apps = appsOf(onboarding)
  const { t } = useTranslation('apps')
  const [isNaming, setNaming] = useState(false)
  const moving = useMoving()
  const { data: balance } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const hasHub = steps.some(({ step, done }) => step === 'create-hub' && done)
  const outside = apps.filter(({ inHub }) => !inHub).map(({ appId }) => appId)
  return (
    <div className="apps-page">
      <OnboardingSteps
        steps={steps}
        hasHub={hasHub}
        hasApps={apps.length > 0}
        onNameHub={() => setNaming(true)}
        onMoveAll={() => void moving.move(outside)}
        isMoving={moving.isMoving}
      />
      {apps.length > 0 && <DeadlinePanel />}
      {hubName !== undefined && (
        <p className="hub-name">
          {t('hub.is')} <strong>{hubName}</strong>{' '}
          <AdminButton onPress={() => setNaming(true)}>{t('hub.rename')}</AdminButton>
        </p>
      )}
      {apps.length === 0 ? (
        <Notice title={t('none.title')}>
          <p>{t('none.detail')}</p>
        </Notice>
      ) : (
        <AppList apps={apps} hasHub={hasHub} moving={moving} balance={balance} />
      )}
      <HubDialog hubName={hubName} isOpen={isNaming} onClose={() => setNaming(false)} />
    </div>
  )
}
