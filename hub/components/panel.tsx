import { type ReactNode, useId } from 'react'
import './panel.css'

export interface PanelProps {
  readonly title: string
  /** Content next to the title: a link, a button or a figure. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A part of a page with a title. */
export function Panel({ title, aside, children }: PanelProps) {
  const titleId = useId()
  return (
    <section className="panel" aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
