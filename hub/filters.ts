import { useSearchParams } from 'wouter'

export interface Filters<Name extends string> {
  /** The values in the URL. Names without a value are absent. */
  readonly filters: Readonly<Partial<Record<Name, string>>>
  /** Puts values into the URL and removes empty ones. Back returns to the values before. */
  readonly change: (values: Readonly<Partial<Record<Name, string>>>) => void
}

/** Typing a day changes a filter several times. Changes of one filter within this time are one step back. */
const oneStepMilliseconds = 2_000
let last = { names: '', at: 0 }

/** Returns true if the change continues the one before it. */
function isSameStep(values: object): boolean {
  const step = { names: Object.keys(values).join(), at: performance.now() }
  const isSame = step.names === last.names && step.at - last.at < oneStepMilliseconds
  last = step
  return isSame
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
      { replace: isSameStep(values) },
    )
  return { filters: Object.fromEntries(found) as Filters<Name>['filters'], change }
}
