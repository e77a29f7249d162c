import { type ReactNode, useEffect, useRef } from 'react'

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
  // `isPending` is known with the next render. A second enter key may come before that.
  const isSubmitted = useRef(false)
  useEffect(() => {
    isSubmitted.current = false
  })
  return (
    <form
      {...(id !== undefined && { id, tabIndex: -1 })}
      onSubmit={(event) => {
        event.preventDefault()
        if (isPending || isSubmitted.current) return
        isSubmitted.current = true
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
