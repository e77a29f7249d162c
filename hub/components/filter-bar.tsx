import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Select } from './select.tsx'
import './filter-bar.css'

export interface FilterOption {
  readonly value: string
  readonly text: string
}

interface FilterBarProps {
  readonly label: string
  /** The name of the button that removes all filters. */
  readonly clear: string
  readonly isFiltered: boolean
  readonly onClear: () => void
  readonly children: ReactNode
}

/** The filters of a list, with a button that removes them where there are any. */
export function FilterBar({ label, clear, isFiltered, onClear, children }: FilterBarProps) {
  return (
    <section className="filters" aria-label={label}>
      {children}
      {isFiltered && <Button onPress={onClear}>{clear}</Button>}
    </section>
  )
}

interface FilterSelectProps {
  readonly label: string
  /** The name of the choice that lets everything through. */
  readonly any: string
  readonly options: readonly FilterOption[]
  readonly chosen: string | undefined
  readonly onChange: (value: string) => void
}

/** A filter with some values. A chosen value that they lack is added: a link may name what no longer exists. */
export function FilterSelect({ label, any, options, chosen, onChange }: FilterSelectProps) {
  const isOffered = chosen === undefined || options.some(({ value }) => value === chosen)
  const all = isOffered ? options : [...options, { value: chosen, text: chosen }]
  return (
    <Select
      label={label}
      value={chosen ?? ''}
      onChange={onChange}
      options={[{ value: '', text: any }, ...all]}
    />
  )
}
