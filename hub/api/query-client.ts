import { QueryClient } from '@tanstack/react-query'
import { isRepeated, retryDelayOf } from './retry.ts'

/** Creates the cache of answers. Reads are retried if that may help, and wait while the browser is offline. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: isRepeated,
        retryDelay: retryDelayOf,
        // The heartbeat asks at once when the page is seen again.
        refetchOnWindowFocus: false,
      },
      // `useWrite` decides which writes are repeated.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
