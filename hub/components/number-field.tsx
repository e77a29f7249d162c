import { useEffect, useEffectEvent } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField'
import { Text } from 'react-aria-components/Text'
import './field.css'

export interface NumberFieldProps {
  readonly label: string
  /** The initial value. Later changes of it do not replace what was typed. */
  readonly defaultValue?: number | undefined
  /** Called with each number while it is typed, and with undefined when the text is not a number. */
  readonly onType: (value: number | undefined) => void
  /** Default: 0. */
  readonly decimalsMax?: 0 | 2
  readonly hint?: string
  /** The error of the number, as a text. Absent: no error. */
  readonly problem?: string | undefined
  readonly isDisabled?: boolean
}

const formats = {
  0: { maximumFractionDigits: 0 },
  2: { maximumFractionDigits: 2 },
} satisfies Record<number, Intl.NumberFormatOptions>

/** A field for a number of zero or more, in the format of the page's language. It also accepts full-width digits. */
export function NumberField(props: NumberFieldProps) {
  const { label, defaultValue, onType, decimalsMax = 0, hint, problem, isDisabled = false } = props
  return (
    <AriaNumberField
      className="field"
      {...(defaultValue !== undefined && { defaultValue })}
      minValue={0}
      formatOptions={formats[decimalsMax]}
      commitBehavior="validate"
      validationBehavior="aria"
      isInvalid={problem !== undefined}
      isDisabled={isDisabled}
    >
      {({ state }) => (
        <>
          <Typed value={state.numberValue} onType={onType} />
          <Label>{label}</Label>
          <Input />
          {hint !== undefined && (
            <Text slot="description" className="hint">
              {hint}
            </Text>
          )}
          <FieldError>{problem}</FieldError>
        </>
      )}
    </AriaNumberField>
  )
}

/** Reports each number while it is typed: the field itself reports a change only when it loses the focus. */
function Typed({ value, onType }: Pick<NumberFieldProps, 'onType'> & { readonly value: number }) {
  const tell = useEffectEvent(() => onType(Number.isNaN(value) ? undefined : value))
  // biome-ignore lint/correctness/useExhaustiveDependencies: reported once per number
  useEffect(() => tell(), [value])
  return null
}
