import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import './messages.css'

const shownMilliseconds = 8_000

type Say = (text: string) => void

const MessageContext = createContext<Say>(() => {})

/** Shows a success message in a corner and announces it to screen readers. Failures belong next to the failed action. */
export const useSay = (): Say => useContext(MessageContext)

export function Messages({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<{ readonly text: string }>()
  const say = useCallback((text: string) => setSaid({ text }), [])
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <MessageContext value={say}>
      {children}
      <div className="messages" role="status">
        {said && <p>{said.text}</p>}
      </div>
    </MessageContext>
  )
}
