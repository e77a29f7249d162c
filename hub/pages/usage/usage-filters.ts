import { useFilters } from '../../filters.ts'

const filterNames = ['from', 'to', 'group', 'measure', 'app', 'api', 'meter'] as const

export type UsageFilters = ReturnType<typeof useUsageFilters>

/** What the page shows, as its address has it. */
export function useUsageFilters() {
  return useFilters(filterNames)
}
