import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BudgetAnswer as Budget } from '../../../contract/budget.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { useApps } from '../../apps.ts'
import { AdminButton, Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { View } from '../../components/view.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useRole, useTeamId } from '../../session/session-context.ts'
import { BudgetItem } from './budget-item.tsx'
import './budgets.css'
import { MakeBudget } from './make-budget.tsx'

/** The most budgets of a team that have not ended. */
const budgetsMax = 20

/** The keys that were made on this page. Undefined: the answer with the key was lost. */
type Keys = Readonly<Record<string, string | undefined>>

/** The budgets of the team's agents. Only admins see money, and so these. */
export function Budgets() {
  const { t } = useTranslation('integrate')
  const isAdmin = useRole() === 'admin'
  return (
    <>
      <p>{t('budgets.detail')}</p>
      {isAdmin ? <BudgetList /> : <p>{t('budgets.adminsOnly')}</p>}
    </>
  )
}

function BudgetList() {
  const { t } = useTranslation('integrate')
  const budgets = useAnswer('listBudgets', { params: { teamId: useTeamId() } })
  const apps = useApps()
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Budget>()
  const [keys, setKeys] = useState<Keys>({})
  const close = () => setMaking(false)
  const show = (budgetId: string, key: string | undefined) => {
    setKeys((before) => ({ ...before, [budgetId]: key }))
    close()
  }
  const dismiss = (budgetId: string) => setKeys(({ [budgetId]: _, ...rest }) => rest)
  const isFull = (budgets.data?.budgets.length ?? 0) >= budgetsMax
  return (
    <>
      <View
        query={budgets}
        isEmpty={({ budgets: list }) => list.length === 0}
        empty={<p>{t('budgets.none')}</p>}
      >
        {({ budgets: list }) => (
          <ul className="budgets" aria-label={t('budgets.title')}>
            {list.map((budget) => (
              <BudgetItem
                key={budget.budgetId}
                budget={budget}
                {...(budget.budgetId in keys && { made: { key: keys[budget.budgetId] } })}
                onDismiss={() => dismiss(budget.budgetId)}
                onRevoke={() => setRevoking(budget)}
              />
            ))}
          </ul>
        )}
      </View>
      {isFull && <p>{t('budgets.full', { limit: budgetsMax })}</p>}
      {!isFull && apps.list.length > 0 && (
        <div className="buttons">
          <AdminButton onPress={() => setMaking(true)}>{t('budgets.make')}</AdminButton>
        </div>
      )}
      {isMaking && <MakeBudget apps={apps.list} onMade={show} onClose={close} />}
      {revoking !== undefined && <RevokeBudget budget={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  )
}

interface RevokeBudgetProps {
  readonly budget: Budget
  readonly onClose: () => void
}

function RevokeBudget({ budget: { budgetId, name }, onClose }: RevokeBudgetProps) {
  const { t } = useTranslation('integrate')
  const say = useSay()
  const params = { teamId: useTeamId(), budgetId }
  const write = useWrite('revokeBudget')
  const revoke = () => {
    const onSuccess = () => {
      say(t('budgets.revoked', { name }))
      onClose()
    }
    write.mutate({ params }, { onSuccess })
  }
  return (
    <Dialog title={t('budgets.revokeAsk', { name })} isOpen onClose={onClose}>
      <p>{t('budgets.revokeDetail')}</p>
      {write.error !== null && <ErrorState error={write.error} />}
      <div className="buttons">
        <Button look="danger" onPress={revoke} isPending={write.isPending}>
          {t('budgets.revoke')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {t('budgets.keep')}
        </Button>
      </div>
    </Dialog>
  )
}
