import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import './choice.css'
import './field.css'

export interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  readonly isDisabled?: boolean
  /** The text of each value, in the order shown. */
  readonly options: Readonly<Record<T, string>>
}

/** A choice of one among a few options, all visible. */
export function Choice<T extends string>({
  label,
  value,
  onChange,
  isDisabled = false,
  options,
}: ChoiceProps<T>) {
  const entries = Object.entries<string>(options)
  const choose = (chosen: string) => {
    const known = entries.find(([name]) => name === chosen)
    if (known !== undefined) onChange(known[0] as T)
  }
  return (
    <RadioGroup className="field choice" value={value} onChange={choose} isDisabled={isDisabled}>
      <Label>{label}</Label>
      {entries.map(([name, text]) => (
        <Radio key={name} value={name}>
          {text}
        </Radio>
      ))}
    </RadioGroup>
  )
}
