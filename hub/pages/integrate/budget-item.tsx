import { useTranslation } from 'react-i18next'
import type { BudgetAnswer as Budget } from '../../../contract/budget.ts'
import { useApps } from '../../apps.ts'
import { AdminButton, Button } from '../../components/button.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { Gauge } from '../../components/gauge.tsx'
import { Instant } from '../../components/instant.tsx'
import { Notice } from '../../components/notice.tsx'
import { useFormat } from '../../use-format.ts'

export interface BudgetItemProps {
  readonly budget: Budget
  /** Present until the person dismisses it. Without a key: the answer that had it was lost. */
  readonly made?: { readonly key: string | undefined }
  readonly onDismiss: () => void
  readonly onRevoke: () => void
}

/** One budget: its app, its end, its use of this day or month, and its key while that is new. */
export function BudgetItem({ budget, made, onDismiss, onRevoke }: BudgetItemProps) {
  const { t } = useTranslation('integrate')
  const apps = useApps()
  const { name, appId, endsAt } = budget
  return (
    <li className="budget">
      <div className="budget-facts">
        <h3>{name}</h3>
        <p>{t('budgets.app', { app: apps.name(appId) })}</p>
        <small>
          {t('budgets.until')} <Instant at={endsAt} />
        </small>
      </div>
      <Use budget={budget} />
      <AdminButton look="danger" aria-label={t('budgets.revokeOne', { name })} onPress={onRevoke}>
        {t('budgets.revoke')}
      </AdminButton>
      {made !== undefined && <BudgetKey name={name} made={made} onDismiss={onDismiss} />}
    </li>
  )
}

function Use({ budget: { every, tokens, usdCents, used, held } }: Pick<BudgetItemProps, 'budget'>) {
  const { t } = useTranslation('integrate')
  const format = useFormat()
  const limit = usdCents ?? tokens ?? 0
  const write = usdCents === undefined ? format.tokens : format.usd
  const amount =
    usdCents === undefined ? t('budgets.tokens', { number: write(limit), count: limit }) : write(limit)
  const label = t(`budgets.amount.${every}`, { amount })
  return <Gauge label={label} used={used} held={held} limit={limit} write={write} />
}

interface BudgetKeyProps extends Required<Pick<BudgetItemProps, 'made' | 'onDismiss'>> {
  readonly name: string
}

/** A new key, which stays visible until the person has stored it. */
function BudgetKey({ name, made: { key }, onDismiss }: BudgetKeyProps) {
  const { t } = useTranslation('integrate')
  if (key === undefined)
    return (
      <Notice title={t('budgets.keyLost')} level={3} tone="bad" isUrgent>
        <p>{t('budgets.keyLostDetail')}</p>
      </Notice>
    )
  return (
    <Notice title={t('budgets.keyOnce')} level={3} tone="warn" isUrgent>
      <CodeBlock label={t('budgets.key', { name })} text={key} />
      <p>{t('budgets.keyUse')}</p>
      <div className="buttons">
        <Button onPress={onDismiss} aria-label={t('budgets.keyStoredOne', { name })}>
          {t('budgets.keyStored')}
        </Button>
      </div>
    </Notice>
  )
}
