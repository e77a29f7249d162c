import { useEffect, useId, useState } from 'react'
import './day-field.css'
import './field.css'

/** A year that is still being typed begins with zeros. */
const firstDay = '2000-01-01'

export interface DayFieldProps {
  readonly label: string
  /** A UTC day such as `2026-01-15`, or nothing. */
  readonly value: string
  /** Called with each complete day, and with nothing when the field is emptied and may be. */
  readonly onChange: (day: string) => void
  /** Whether there is always a day: a field that is left empty shows the one before again. Default: false. */
  readonly isRequired?: boolean
  /** What is wrong with the day, in words; absent: nothing. */
  readonly problem?: string | undefined
}

/** A day, by the reader's own calendar or typed. */
export function DayField({ label, value, onChange, isRequired = false, problem }: DayFieldProps) {
  const fieldId = useId()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const type = (text: string) => {
    setTyped(text)
    if (text === '' ? !isRequired : text >= firstDay) onChange(text)
  }
  return (
    <div className="field day-field">
      <label className="react-aria-Label" htmlFor={fieldId}>
        {label}
      </label>
      <input
        id={fieldId}
        type="date"
        value={typed}
        min={firstDay}
        max="9999-12-31"
        required={isRequired}
        onBlur={() => isRequired && setTyped(value)}
        onChange={(event) => type(event.target.value)}
        {...(problem !== undefined && {
          'data-invalid': true,
          'aria-invalid': true,
          'aria-describedby': `${fieldId}-problem`,
        })}
      />
      {problem !== undefined && (
        <span id={`${fieldId}-problem`} className="react-aria-FieldError" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
