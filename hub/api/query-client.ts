import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './problem.ts'

const retriesMax = 3
const firstPauseMilliseconds = 500
const longestPauseMilliseconds = 8_000

/** Creates the cache of answers. Reads are retried if that may help, and wait while the browser is offline. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: (failures, error) => failures < retriesMax && isPassing(error),
        retryDelay: (failures) => Math.min(firstPauseMilliseconds * 2 ** failures, longestPauseMilliseconds),
      },
      // `useWrite` decides which writes are repeated.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
