import { useSearchParams } from 'wouter'

export interface Filters<Name extends string> {
  /** The values in the URL. Names without a value are absent. */
  readonly filters: Readonly<Partial<Record<Name, string>>>
  /** Puts values into the URL and removes empty ones. It adds no step to the browser's history. */
  readonly change: (values: Readonly<Partial<Record<Name, string>>>) => void
}

/** The filters of a page, which are stored in its URL. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const [params, setParams] = useSearchParams()
  const found = names.flatMap((name) => {
    const value = params.get(name)
    return value === null || value === '' ? [] : [[name, value]]
  })
  const change: Filters<Name>['change'] = (values) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries<string | undefined>(values)) {
          if (value === undefined || value === '') after.delete(name)
          else after.set(name, value)
        }
        return after
      },
      { replace: true },
    )
  return { filters: Object.fromEntries(found) as Filters<Name>['filters'], change }
}
