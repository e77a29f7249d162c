import { useId } from 'react'
import './field.css'
import './select.css'

export interface SelectProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** The options, in the order shown. */
  readonly options: readonly { readonly value: string; readonly text: string }[]
}

/** A choice of one among many options, in the look of the reader's own system. */
export function Select({ label, value, onChange, options }: SelectProps) {
  const selectId = useId()
  return (
    <div className="field">
      <label className="react-aria-Label" htmlFor={selectId}>
        {label}
      </label>
      <select id={selectId} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}
