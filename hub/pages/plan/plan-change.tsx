import { useTranslation } from 'react-i18next'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { AdminButton } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { View } from '../../components/view.tsx'
import { useMayChange, useTeamId } from '../../session/session-context.ts'
import { useSteady } from '../../use-steady.ts'
import { PlanPreview } from './plan-preview.tsx'
import { type PlanBody, planBody, type WantedPlan } from './wanted-plan.ts'

export interface PlanChangeProps {
  readonly wanted: WantedPlan
  readonly plan: 'free' | 'paid'
  readonly inForce: 'none' | 'free' | 'paid'
  readonly onDone: () => void
}

/** A preview of the chosen change, and the button that makes it. */
export function PlanChange({ wanted, plan, inForce, onDone }: PlanChangeProps) {
  const { t } = useTranslation('plan')
  const params = { teamId: useTeamId() }
  const body: PlanBody = planBody(wanted) ?? { plan }
  const preview = usePreview(body)
  const write = useWrite('choosePlan')
  const isMore = inForce === plan
  // The answer leaves nothing to change, which unmounts this component, so `onSuccess` would not run.
  const change = () => void write.mutateAsync({ params, body }).then(onDone, () => undefined)
  return (
    <section className="plan-change" aria-label={t('preview.title')}>
      <View query={preview}>{(answer) => <PlanPreview answer={answer} />}</View>
      {write.error !== null && <ErrorState error={write.error} />}
      <AdminButton
        look="primary"
        isPending={write.isPending}
        isDisabled={preview.isError && !write.isError}
        onPress={change}
      >
        {write.isPending ? t('working') : isMore ? t('choose.save') : t(`choose.${plan}`)}
      </AdminButton>
    </section>
  )
}

/** Loads the preview when typing pauses. Developers may not change the plan, so they get no preview. */
function usePreview(body: PlanBody) {
  const params = { teamId: useTeamId() }
  const steady: PlanBody = JSON.parse(useSteady(JSON.stringify(body)))
  const isAsked = useMayChange()
  return useAnswer('choosePlan', { params, query: { preview: 'true' }, body: steady }, { isAsked })
}
