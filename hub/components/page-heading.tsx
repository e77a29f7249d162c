import { type ReactNode, useEffect } from 'react'

export interface PageHeadingProps {
  readonly title: string
  /** A sentence about the page, or what is beside its title. */
  readonly children?: ReactNode
}

/** The first heading of a page; also names the browser's tab. */
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
