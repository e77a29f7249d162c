import { useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/queries.ts'
import { useTeamId } from '../../session/session-context.ts'

export type Moved = Answer<'moveApps'>['apps'][number]

export interface Moving {
  /** How many are being moved, or were; 0: none yet. */
  readonly total: number
  /** What became of each so far. */
  readonly results: readonly Moved[]
  readonly isMoving: boolean
  /** Why it ended early. What is not among the results was not moved, or it is not known. */
  readonly error: Error | null
  /** Moves apps a few at a time; answers what became of them. */
  move(appIds: readonly string[]): Promise<readonly Moved[]>
}

const callsAimedAt = 20
const [fewestPerCall, mostPerCall] = [10, 100]

export function useMoving(): Moving {
  const teamId = useTeamId()
  const write = useWrite('moveApps')
  const [total, setTotal] = useState(0)
  const [results, setResults] = useState<readonly Moved[]>([])
  return {
    total,
    results,
    isMoving: write.isPending || (results.length < total && write.error === null),
    error: write.error,
    async move(appIds) {
      const done: Moved[] = []
      setTotal(appIds.length)
      setResults([])
      for (const [first, ...rest] of callsFor(appIds)) {
        const body = { appIds: [first, ...rest] as [string, ...string[]] }
        const answer = await write.mutateAsync({ params: { teamId }, body }).catch(() => undefined)
        if (answer === undefined) break
        done.push(...answer.apps)
        setResults([...done])
      }
      return done
    },
  }
}

/** So many apps per call that progress shows, and that thousands are moved in bounded time. */
function callsFor(appIds: readonly string[]): readonly (readonly [string, ...string[]])[] {
  const size = Math.min(mostPerCall, Math.max(fewestPerCall, Math.ceil(appIds.length / callsAimedAt)))
  const calls: [string, ...string[]][] = []
  for (let at = 0; at < appIds.length; at += size) {
    const [first, ...rest] = appIds.slice(at, at + size)
    if (first !== undefined) calls.push([first, ...rest])
  }
  return calls
}
