import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../components/choice.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { Select } from '../../components/select.tsx'
import { type RatedMeter, useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { type Asked, isQuantity, type useAsked, withQuantity } from './asked.ts'

type Change = ReturnType<typeof useAsked>['change']

export interface UseFormProps {
  readonly asked: Asked
  readonly months: readonly string[]
  readonly meters: readonly RatedMeter[]
  readonly change: Change
}

const secondsPerMinute = 60

/** Two ways to say which use is priced: a month of the team, or typed quantities. */
export function UseForm({ asked, months, meters, change }: UseFormProps) {
  const { t } = useTranslation('what-if')
  const format = useFormat()
  return (
    <div className="use-form">
      <Choice
        label={t('use.label')}
        value={asked.way}
        onChange={(way) => change({ use: way === 'month' ? '' : way })}
        options={{ month: t('use.month'), typed: t('use.typed') }}
      />
      {asked.way === 'month' ? (
        <Select
          label={t('use.whichMonth')}
          value={asked.month}
          onChange={(month) => change({ month })}
          options={months.map((month) => ({ value: month, text: format.period(month) }))}
        />
      ) : (
        <fieldset className="quantities">
          <legend>{t('use.quantities')}</legend>
          {meters.map((rate) => (
            <QuantityField key={rate.meter} rate={rate} asked={asked} change={change} />
          ))}
        </fieldset>
      )}
    </div>
  )
}

interface QuantityFieldProps extends Pick<UseFormProps, 'asked' | 'change'> {
  readonly rate: RatedMeter
}

/** The monthly quantity of a meter. Processing time is typed in minutes. */
function QuantityField({ rate: { meter, baseUnit }, asked, change }: QuantityFieldProps) {
  const { t } = useTranslation('what-if')
  const names = useMeters()
  const size = baseUnit === 'seconds' ? secondsPerMinute : 1
  const now = asked.quantities.find((row) => row.meter === meter)?.quantity
  const [first] = useState(now)
  const [isWrong, setWrong] = useState(false)
  const unit = t(`unit.${baseUnit}`, { defaultValue: baseUnit })
  const type = (count: number | undefined) => {
    const quantity = count === undefined || count === 0 ? undefined : count * size
    const isFitting = quantity === undefined || isQuantity(quantity)
    setWrong(!isFitting)
    if (isFitting && quantity !== now) change({ quantities: withQuantity(asked.quantities, meter, quantity) })
  }
  return (
    <NumberField
      label={baseUnit === 'jobs' ? names.name(meter) : t('use.field', { meter: names.name(meter), unit })}
      defaultValue={first === undefined ? undefined : first / size}
      problem={isWrong ? t('use.tooMuch') : undefined}
      onType={type}
    />
  )
}
