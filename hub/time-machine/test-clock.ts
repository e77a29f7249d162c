import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Unreachable } from '../api/problem.ts'

const pollMilliseconds = 1_500

export interface TestClock {
  /** What the clock shows, RFC 3339. */
  readonly now: string
  /** Whether it stands still until it is moved; otherwise it shows real time. */
  readonly standing: boolean
}

/** The test clock of the local runtime. */
export function useTestClock(): UseQueryResult<TestClock> {
  return useQuery({
    queryKey: ['test clock'],
    queryFn: async (): Promise<TestClock> => {
      const response = await fetch('/local/clock')
      if (!response.ok) throw new Unreachable(`status ${response.status}`)
      return response.json()
    },
    refetchInterval: pollMilliseconds,
  })
}
