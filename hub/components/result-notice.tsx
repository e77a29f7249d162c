import { useEffect, useRef } from 'react'
import { Notice, type NoticeProps } from './notice.tsx'

/** The result of an action, and the next step. It takes the focus from the button, so that screen readers announce it. */
export function ResultNotice(props: NoticeProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} className="result-notice">
      <Notice {...props} />
    </div>
  )
}
