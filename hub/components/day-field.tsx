import type { CalendarDate } from '@internationalized/date'
import { type FocusEvent, useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { DateInput, DatePicker, DateSegment } from 'react-aria-components/DatePicker'
import { FieldError } from 'react-aria-components/FieldError'
import { Group } from 'react-aria-components/Group'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Label } from 'react-aria-components/Label'
import { useTranslation } from 'react-i18next'
import { useDateLocale } from '../use-format.ts'
import { DayCalendar } from './day-calendar.tsx'
import './day-field.css'
import { firstDay, parseDay } from './days.ts'
import './field.css'

export interface DayFieldProps {
  readonly label: string
  /** A UTC day such as `2026-01-15`, or an empty text. */
  readonly value: string
  /** The current UTC day, at which the calendar opens while no day is chosen. Undefined: not known yet. */
  readonly today: string | undefined
  /** Called with each complete day, and with an empty text when an optional field is cleared. */
  readonly onChange: (day: string) => void
  /** True: the field always has a day. If it is left empty, it shows the previous day again. Default: false. */
  readonly isRequired?: boolean
  /** The error of the day, as a text. Absent: no error. */
  readonly problem?: string | undefined
}

/** A day, typed or chosen from a calendar, in the page's language and in the order of the reader's region. */
export function DayField(props: DayFieldProps) {
  return (
    <I18nProvider locale={useDateLocale()}>
      <Field {...props} />
    </I18nProvider>
  )
}

function Field(props: DayFieldProps) {
  const { label, today, isRequired = false } = props
  const { t } = useTranslation()
  const { typed, type, isUnfinished, leave } = useTyped(props)
  const problem = isUnfinished ? t('dayIncomplete') : props.problem
  const placeholder = parseDay(today ?? '')
  return (
    <DatePicker
      className="field day-field"
      value={typed}
      onChange={type}
      onBlur={leave}
      granularity="day"
      shouldForceLeadingZeros
      validationBehavior="aria"
      isRequired={isRequired}
      isInvalid={problem !== undefined}
      {...(placeholder !== null && { placeholderValue: placeholder })}
    >
      <Label>{label}</Label>
      <Group className="day-box">
        <DateInput className="day-input">{(segment) => <DateSegment segment={segment} />}</DateInput>
        <Button className="day-open">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 4.5h11v9h-11zM2.5 7.5h11M5.5 2.5v3.5M10.5 2.5v3.5" />
          </svg>
        </Button>
      </Group>
      <FieldError>
        <span role="alert">{problem}</span>
      </FieldError>
      <DayCalendar />
    </DatePicker>
  )
}

/** The day that the field shows. A day that is not complete yet is not reported to the parent. */
function useTyped({ value, onChange, isRequired = false }: DayFieldProps) {
  const [typed, setTyped] = useState(() => parseDay(value))
  const [isUnfinished, setUnfinished] = useState(false)
  useEffect(() => {
    setTyped(parseDay(value))
    setUnfinished(false)
  }, [value])
  const type = (day: CalendarDate | null) => {
    setTyped(day)
    if (day !== null && day.compare(firstDay) < 0) return
    setUnfinished(false)
    if (day !== null || !isRequired) onChange(day?.toString() ?? '')
  }
  const leave = ({ currentTarget }: FocusEvent) => {
    const missing = currentTarget.querySelectorAll('[data-placeholder]').length
    const isEmpty = missing === 3
    setUnfinished(!isEmpty && (missing > 0 || (typed !== null && typed.compare(firstDay) < 0)))
    if (isEmpty && isRequired) setTyped(parseDay(value))
  }
  return { typed, type, isUnfinished, leave }
}
