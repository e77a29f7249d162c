import type { ReactNode } from 'react'

export interface FormProps {
  /** While what was sent is on its way, it is not sent again. */
  readonly isPending: boolean
  readonly onSubmit: () => void
  /** Where a link leads that wants this form. */
  readonly id?: string
  readonly children: ReactNode
}

/** Fields and the button that sends them; the enter key in a field sends them, too, also beside a pending button. */
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
