import type { ReactNode } from 'react'

export interface FormProps {
  /** While a request is pending, the form does not send another one. */
  readonly isPending: boolean
  readonly onSubmit: () => void
  /** Target of a link that leads to this form. */
  readonly id?: string
  readonly children: ReactNode
}

/** Fields and their submit button. The enter key in a field also submits, even while the button is pending. */
export function Form({ isPending, onSubmit, id, children }: FormProps) {
  return (
    <form
      {...(id !== undefined && { id, tabIndex: -1 })}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) onSubmit()
      }}
    >
      {children}
    </form>
  )
}
