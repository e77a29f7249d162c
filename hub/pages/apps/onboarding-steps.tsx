import { useTranslation } from 'react-i18next'
import type { OnboardingAnswer as Onboarding } from '../../../contract/get-onboarding.ts'
import { Badge } from '../../components/badge.tsx'
import { AdminButton, LinkButton } from '../../components/button.tsx'
import { Panel } from '../../components/panel.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'

type Step = Onboarding['steps'][number]

export interface OnboardingStepsProps {
  readonly steps: readonly Step[]
  readonly hasHub: boolean
  readonly hasApps: boolean
  readonly onNameHub: () => void
  /** Moves all apps that are not in the hub yet. */
  readonly onMoveAll: () => void
  readonly isMoving: boolean
}

/** The steps into the new model: which are done, why the others are not, and a button for each. */
export function OnboardingSteps({ steps, ...solving }: OnboardingStepsProps) {
  const { t } = useTranslation('apps')
  const isReady = steps.every(({ done, optional }) => done || optional)
  return (
    <Panel
      title={t('steps.title')}
      aside={isReady ? <Badge tone="good">{t('steps.ready')}</Badge> : undefined}
    >
      <ol className="onboarding-steps">
        {steps.map((step) => (
          <li key={step.step} className={step.done ? 'done' : undefined}>
            <h3>
              {t(`step.${step.step}`)} {step.done && <Badge tone="good">{t('steps.done')}</Badge>}
              {step.optional && !step.done && <Badge>{t('steps.optional')}</Badge>}
            </h3>
            {!step.done && (
              <>
                <p>
                  {step.why} {step.todo}
                </p>
                <Solve step={step.step} {...solving} />
              </>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type SolveProps = Omit<OnboardingStepsProps, 'steps'> & { readonly step: string }

/** The button that solves a step. Apps are registered where their credentials are made, so that step has no button. */
function Solve({ step, hasHub, hasApps, onNameHub, onMoveAll, isMoving }: SolveProps) {
  const { t } = useTranslation('apps')
  const teamId = useTeamId()
  if (step === 'choose-plan')
    return (
      <LinkButton look="primary" href={pathOf(teamId, 'plan')}>
        {t('solve.choosePlan')}
      </LinkButton>
    )
  if (step === 'create-hub')
    return (
      <AdminButton look="primary" onPress={onNameHub}>
        {t('hub.create')}
      </AdminButton>
    )
  if (step === 'invite-members')
    return <LinkButton href={pathOf(teamId, 'members')}>{t('solve.invite')}</LinkButton>
  if (step === 'move-apps' && hasHub && hasApps)
    return (
      <AdminButton look="primary" onPress={onMoveAll} isPending={isMoving}>
        {isMoving ? t('working') : t('solve.moveAll')}
      </AdminButton>
    )
  return null
}
