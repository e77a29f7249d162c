import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { problemOf, Unreachable } from '../api/problem.ts'
import { useClient } from '../session/session-context.ts'

const pollMilliseconds = 1_500

export interface TestClock {
  /** The time of the clock, RFC 3339. */
  readonly now: string
  /** True: the clock does not advance until it is moved. False: it shows real time. */
  readonly standing: boolean
}

/** The test clock of the local runtime. */
export function useTestClock(): UseQueryResult<TestClock> {
  return useQuery({
    queryKey: ['test clock'],
    queryFn: () => askClock(),
    refetchInterval: pollMilliseconds,
  })
}

/** Moves the test clock to an instant. Resolves after everything that fell due meanwhile has happened. */
export function useMoveClock(): UseMutationResult<TestClock, Error, string> {
  const queries = useQueryClient()
  const client = useClient()
  return useMutation({
    mutationFn: (now: string) =>
      askClock({
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ now }),
      }),
    onSettled: () => {
      client.forget()
      return queries.invalidateQueries()
    },
  })
}

async function askClock(request?: RequestInit): Promise<TestClock> {
  const response = await fetch('/local/clock', request).catch((cause) => {
    throw new Unreachable('no answer', { cause })
  })
  if (!response.ok) throw await problemOf(response)
  return response.json()
}
