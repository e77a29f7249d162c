import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components/Checkbox'
import './checkbox.css'

/** A checkbox. Without a text next to it, give it an `aria-label`. */
export function Checkbox(props: Omit<AriaCheckboxProps, 'className'>) {
  return <AriaCheckbox {...props} className="checkbox" />
}
