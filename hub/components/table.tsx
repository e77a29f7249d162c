import type { ReactNode } from 'react'
import './table.css'

export interface TableProps {
  /** The name of the table for screen readers. */
  readonly label: string
  /** The heading of each column; `number` columns are aligned to the right. */
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[]
  /** The rows: `<tr>`s with a cell per column, the first of them a `<th scope="row">`. */
  readonly children: ReactNode
}

/** A table that scrolls horizontally inside itself if it is wider than the page. */
export function Table({ label, columns, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a set of fields, and no landmark either
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by the keyboard
    <div className="table" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, isNumber = false }) => (
              <th key={name} scope="col" className={isNumber ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
