import { type ReactNode, useEffect } from 'react'

export interface PageHeadingProps {
  readonly title: string
  /** A sentence about the page, or content next to the title. */
  readonly children?: ReactNode
}

/** The first heading of a page. It also sets the title of the browser tab. */
export function PageHeading({ title, children }: PageHeadingProps) {
  useEffect(() => {
    document.title = `${title} · Tollgate`
  }, [title])
  return (
    <header className="page-heading">
      <h1>{title}</h1>
      {children}
    </header>
  )
}
