import { useFilters } from '../../filters.ts'

const filterNames = ['from', 'to', 'by', 'group', 'measure', 'app', 'api', 'meter'] as const

export type UsageFilters = ReturnType<typeof useUsageFilters>

/** The filters of the page, which are stored in its URL. */
export function useUsageFilters() {
  return useFilters(filterNames)
}
