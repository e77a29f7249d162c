import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import './field.css'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Default: `text`. */
  readonly type?: 'text' | 'email' | 'url'
  readonly hint?: string
  /** The error of the text, as a text for people. Absent: no error. */
  readonly problem?: string | undefined
  readonly isRequired?: boolean
  readonly lengthMax?: number
}

/** A text field with its label, a hint and its error. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, type = 'text', hint, problem, isRequired = false, lengthMax } = props
  return (
    <AriaTextField
      className="field"
      {...{ value, onChange, type, isRequired }}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
      {...(lengthMax !== undefined && { maxLength: lengthMax })}
    >
      <Label>{label}</Label>
      <Input />
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError>{problem}</FieldError>
    </AriaTextField>
  )
}
