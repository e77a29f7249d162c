import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import './messages.css'

const shownMilliseconds = 8_000

type Say = (text: string) => void

const MessageContext = createContext<Say>(() => {})

/** Says in a corner, and to screen readers, that something was done. Failures belong beside what failed. */
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
