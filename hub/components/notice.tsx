import type { ReactNode } from 'react'
import './notice.css'

export interface NoticeProps {
  readonly title: string
  /** Rank of its heading. Default: 2. */
  readonly level?: 1 | 2 | 3
  /** `bad`: something does not work. `warn`: something will stop. Default: `plain`. */
  readonly tone?: 'plain' | 'warn' | 'bad'
  /** True: screen readers announce it at once. Default: false. */
  readonly isUrgent?: boolean
  /** Its meaning, and what to do. */
  readonly children?: ReactNode
}

/** A boxed message: a title, and what to do about it. */
export function Notice({ title, level = 2, tone = 'plain', isUrgent = false, children }: NoticeProps) {
  const Heading = `h${level}` as const
  return (
    <section className={`notice ${tone}`} role={isUrgent ? 'alert' : undefined}>
      <Heading>{title}</Heading>
      {children}
    </section>
  )
}
