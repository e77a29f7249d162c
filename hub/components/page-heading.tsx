import { type ReactNode, useEffect, useRef } from 'react'

export interface PageHeadingProps {
  readonly title: string
  /** A sentence about the page, or content next to the title. */
  readonly children?: ReactNode
}

/** Path of the page that has the focus. Undefined: the page that was loaded first, which leaves the focus where it is. */
let focusedPath: string | undefined

/** The first heading of a page. It sets the title of the browser tab, and takes the focus when the page changes. */
export function PageHeading({ title, children }: PageHeadingProps) {
  useEffect(() => {
    document.title = `${title} · Tollgate`
  }, [title])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const isNew = focusedPath !== undefined && focusedPath !== location.pathname
    focusedPath = location.pathname
    if (isNew) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className="page-heading">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </header>
  )
}
