import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamDetailsAnswer as TeamDetails } from '../../../contract/get-team.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { useCountries } from './use-countries.ts'
import type { WantedPlan } from './wanted-plan.ts'

export interface PayAsYouGoProps {
  readonly wanted: WantedPlan
  readonly team: TeamDetails
  readonly isDisabled: boolean
  readonly onChange: (edits: Partial<WantedPlan>) => void
}

const centsPerDollar = 100

/** Pay as you go on the paid plan: on or off, its conditions, and its monthly limit. */
export function PayAsYouGo({ wanted, team, isDisabled, onChange }: PayAsYouGoProps) {
  const { t } = useTranslation('plan')
  const { payAsYouGo: isOn } = wanted
  return (
    <fieldset className="pay-as-you-go">
      <legend>{t('payAsYouGo.title')}</legend>
      <Checkbox
        isSelected={isOn}
        onChange={(payAsYouGo) => onChange({ payAsYouGo })}
        isDisabled={isDisabled || (!team.payAsYouGo.eligible && !isOn)}
      >
        {t('payAsYouGo.use')}
      </Checkbox>
      <small>{t('payAsYouGo.hint')}</small>
      <Conditions team={team} />
      {isOn && (
        <SpendLimit
          usdCents={wanted.spendLimitUsdCents}
          isDisabled={isDisabled}
          onChange={(spendLimitUsdCents) => onChange({ spendLimitUsdCents })}
        />
      )}
    </fieldset>
  )
}

/** The three conditions: each is met, or shows what meets it. */
function Conditions({ team }: Pick<PayAsYouGoProps, 'team'>) {
  const { t } = useTranslation('plan')
  const country = useCountries().name(team.country)
  const has = {
    country,
    'payment-method': t(`paymentMethod.${team.paymentMethod}`),
    standing: t(`standing.${team.standing}`),
  }
  return (
    <ul className="conditions" aria-label={t('payAsYouGo.conditions')}>
      {team.payAsYouGo.conditions.map(({ condition, met }) => (
        <li key={condition} className={met ? 'met' : 'unmet'}>
          <strong>{met ? t('condition.met') : t('condition.unmet')}</strong>{' '}
          {t(`condition.${condition}`, { has: has[condition] })} {!met && t(`conditionCure.${condition}`)}
        </li>
      ))}
    </ul>
  )
}

interface SpendLimitProps {
  readonly usdCents: number | undefined
  readonly isDisabled: boolean
  readonly onChange: (usdCents: number | undefined) => void
}

function SpendLimit({ usdCents, isDisabled, onChange }: SpendLimitProps) {
  const { t } = useTranslation('plan')
  const [first] = useState(usdCents)
  return (
    <NumberField
      label={t('payAsYouGo.limit')}
      hint={t('payAsYouGo.limitHint')}
      defaultValue={first === undefined ? undefined : first / centsPerDollar}
      decimalsMax={2}
      onType={(dollars) => {
        const typed = dollars === undefined ? undefined : Math.round(dollars * centsPerDollar)
        if (typed !== usdCents) onChange(typed)
      }}
      isDisabled={isDisabled}
    />
  )
}
