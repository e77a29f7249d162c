import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayMs } from '../../../core/time/time.ts'
import type { Body } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import type { Apps } from '../../apps.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { DayField } from '../../components/day-field.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { Select } from '../../components/select.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useTeamId } from '../../session/session-context.ts'

const centsPerDollar = 100
const nameCharsMax = 100
/** The proposed length of a budget. */
const days = 30

export interface MakeBudgetProps {
  readonly apps: Apps['list']
  /** Called with the key, which the API answers once; undefined when the answer that had it was lost. */
  readonly onMade: (budgetId: string, key: string | undefined) => void
  readonly onClose: () => void
}

/** Makes a budget and its key. */
export function MakeBudget({ apps, onMade, onClose }: MakeBudgetProps) {
  const { t } = useTranslation('integrate')
  const params = { teamId: useTeamId() }
  const write = useWrite('makeBudget')
  const { fields, change, today, body } = useBudgetForm(apps)
  const submit = () => {
    if (body === undefined) return
    write.mutate({ params, body }, { onSuccess: ({ budgetId, key }) => onMade(budgetId, key) })
  }
  // A dialog that closes before the answer would lose the key.
  const close = () => {
    if (!write.isPending) onClose()
  }
  const problem = (pointer: string) => problemOf(write.error, pointer)
  const isShown = ['/name', '/appId', '/endsAt'].some((pointer) => problem(pointer) !== undefined)
  return (
    <Dialog title={t('budgets.make')} isOpen onClose={close}>
      <Form isPending={write.isPending} onSubmit={submit}>
        <TextField
          label={t('budgets.name')}
          value={fields.name}
          onChange={(name) => change({ name })}
          hint={t('budgets.nameHint')}
          lengthMax={nameCharsMax}
          problem={problem('/name')}
          isRequired
        />
        <Select
          label={t('app')}
          value={fields.appId}
          onChange={(appId) => change({ appId })}
          options={apps.map(({ appId, name }) => ({ value: appId, text: name }))}
        />
        <AmountFields fields={fields} change={change} />
        <DayField
          label={t('budgets.lastDay')}
          value={fields.lastDay}
          today={today}
          onChange={(lastDay) => change({ lastDay })}
          problem={problem('/endsAt')}
          isRequired
        />
        {write.error !== null && !isShown && <ErrorState error={write.error} />}
        <div className="buttons">
          <Button type="submit" look="primary" isDisabled={body === undefined} isPending={write.isPending}>
            {t('budgets.make')}
          </Button>
          <Button look="quiet" onPress={close}>
            {t('budgets.cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function AmountFields({ fields, change }: Pick<BudgetForm, 'fields' | 'change'>) {
  const { t } = useTranslation('integrate')
  return (
    <>
      <Choice
        label={t('budgets.measure')}
        value={fields.measure}
        onChange={(measure) => change({ measure })}
        options={{ tokens: t('budgets.inTokens'), usd: t('budgets.inUsd') }}
      />
      <NumberField
        label={fields.measure === 'usd' ? t('budgets.amountUsd') : t('budgets.amountTokens')}
        decimalsMax={2}
        onType={(amount) => change({ amount })}
      />
      <Choice
        label={t('budgets.every')}
        value={fields.every}
        onChange={(every) => change({ every })}
        options={{ day: t('budgets.everyDay'), month: t('budgets.everyMonth') }}
      />
    </>
  )
}

interface BudgetFields {
  readonly name: string
  readonly appId: string
  readonly measure: 'tokens' | 'usd'
  readonly amount: number | undefined
  readonly every: 'day' | 'month'
  /** The last UTC day on which the key works. */
  readonly lastDay: string
}

interface BudgetForm {
  readonly fields: BudgetFields
  readonly change: (changed: Partial<BudgetFields>) => void
  readonly today: string | undefined
  /** Undefined while something is missing. */
  readonly body: Body<'makeBudget'> | undefined
}

function useBudgetForm(apps: Apps['list']): BudgetForm {
  const { data: balance } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  // One id for each form, so that a repeated request makes one budget.
  const [budgetId] = useState(() => crypto.randomUUID())
  const [typed, setTyped] = useState<Partial<BudgetFields>>({})
  const today = balance?.at.slice(0, 10)
  const fields: BudgetFields = {
    name: '',
    appId: apps[0]?.appId ?? '',
    measure: 'tokens',
    amount: undefined,
    every: 'day',
    lastDay: today === undefined ? '' : dayAfter(today, days),
    ...typed,
  }
  const change = (changed: Partial<BudgetFields>) => setTyped((before) => ({ ...before, ...changed }))
  return { fields, change, today, body: bodyOf(budgetId, fields) }
}

function bodyOf(budgetId: string, fields: BudgetFields): Body<'makeBudget'> | undefined {
  const { name, appId, measure, amount, every, lastDay } = fields
  if (name.trim() === '' || !amount || lastDay === '') return undefined
  const limit = measure === 'usd' ? { usdCents: Math.round(amount * centsPerDollar) } : { tokens: amount }
  return { budgetId, name: name.trim(), appId, every, ...limit, endsAt: `${dayAfter(lastDay, 1)}T00:00:00Z` }
}

function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

function problemOf(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find((found) => found.pointer === pointer)?.message
}
