import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './problem.ts'

const retriesMax = 3
const firstPauseMilliseconds = 500
const longestPauseMilliseconds = 8_000

/** What the page knows of the API. Reads are tried again where that may help; while offline, they wait. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: (failures, error) => failures < retriesMax && isPassing(error),
        retryDelay: (failures) => Math.min(firstPauseMilliseconds * 2 ** failures, longestPauseMilliseconds),
      },
      // `useWrite` says which writes may be repeated.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
