import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { Checkbox } from './checkbox.tsx'
import './checkbox-list.css'
import './field.css'

export interface CheckboxListProps<T extends string> {
  readonly label: string
  readonly hint?: string
  readonly values: readonly T[]
  readonly onChange: (values: readonly T[]) => void
  readonly options: readonly { readonly value: T; readonly text: string }[]
}

/** A list of checkboxes, all visible. */
export function CheckboxList<T extends string>(props: CheckboxListProps<T>) {
  const { label, hint, values, onChange, options } = props
  const choose = (chosen: readonly string[]) =>
    onChange(options.map(({ value }) => value).filter((value) => chosen.includes(value)))
  return (
    <CheckboxGroup className="field checkbox-list" value={[...values]} onChange={choose}>
      <Label>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="boxes">
        {options.map(({ value, text }) => (
          <Checkbox key={value} value={value}>
            {text}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  )
}
