import { useEffect, useRef } from 'react'
import { Notice, type NoticeProps } from './notice.tsx'

/** What was done, and what comes next. It takes the focus from the button that did it, so that both are heard. */
export function ResultNotice(props: NoticeProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} className="result-notice">
      <Notice {...props} />
    </div>
  )
}
