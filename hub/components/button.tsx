import { type ReactNode, useId } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useMayChange, useSignedIn } from '../session/session-context.ts'
import './button.css'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends Omit<AriaButtonProps, 'className'> {
  /** Default: `plain`. */
  readonly look?: Look
}

export function Button({ look = 'plain', ...rest }: ButtonProps) {
  return <AriaButton {...rest} className={`button ${look}`} />
}

/** The one note of a page that gives operators the reason of all its disabled buttons. */
export const operatorsNoteId = 'operators-note'

/**
 * A button for an action that only admins may do. Developers see it disabled, with the reason. Operators see it disabled,
 * too; for them the page has the reason once.
 */
export function AdminButton({ look = 'plain', ...rest }: ButtonProps) {
  const { t } = useTranslation()
  const reasonId = useId()
  const { isOperator } = useSignedIn()
  if (useMayChange()) return <Button look={look} {...rest} />
  if (isOperator === true)
    return <Button look={look} {...rest} isDisabled aria-describedby={operatorsNoteId} />
  return (
    <span className="admin-only">
      <Button look={look} {...rest} isDisabled aria-describedby={reasonId} />
      <small id={reasonId}>{t('adminOnly')}</small>
    </span>
  )
}

export interface LinkButtonProps {
  readonly href: string
  readonly look?: Look
  readonly children: ReactNode
}

/** A link to another page that looks like a button. */
export function LinkButton({ href, look = 'plain', children }: LinkButtonProps) {
  return (
    <Link href={href} className={`button ${look}`}>
      {children}
    </Link>
  )
}
