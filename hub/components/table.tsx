import type { CSSProperties, ReactNode } from 'react'
import './table.css'

export interface TableProps {
  /** The name of the table for screen readers. */
  readonly label: string
  /** The heading of each column; `number` columns are aligned to the right. */
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[]
  /** The rows: `<tr>`s with a cell per column, the first of them a `<th scope="row">`. */
  readonly children: ReactNode
}

/** A table of up to three columns fits a phone. One with more is a list of cards there. */
const columnsAbreast = 3

/**
 * A table that scrolls horizontally inside itself if it is wider than the page. Where there is little room, each row
 * is a card, and each cell has the name of its column.
 */
export function Table({ label, columns, children }: TableProps) {
  const look = columns.length > columnsAbreast ? 'table wide' : 'table'
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a set of fields, and no landmark either
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by the keyboard
    <div className={look} role="group" aria-label={label} tabIndex={0}>
      <table style={namesOf(columns)}>
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

/** The names of the columns, as texts for the style sheet: `--column-2: "Used"`. */
function namesOf(columns: TableProps['columns']): CSSProperties {
  return Object.fromEntries(columns.map(({ name }, index) => [`--column-${index + 1}`, JSON.stringify(name)]))
}
