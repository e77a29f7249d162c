import { Fragment } from 'react'

/** A long address or id that continues on the next line after its punctuation, and not in the middle of a word. */
export function Wrapping({ text }: { readonly text: string }) {
  let at = 0
  return text.split(/(?<=[/.?&=_@:-])(?=\w)/).map((part) => {
    at += part.length
    return (
      <Fragment key={at}>
        {part}
        <wbr />
      </Fragment>
    )
  })
}
