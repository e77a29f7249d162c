import { useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/queries.ts'
import { useTeamId } from '../../session/session-context.ts'

export type Moved = Answer<'moveApps'>['apps'][number]

export interface Moving {
  /** Number of apps in the current or last move. 0: no move yet. */
  readonly total: number
  /** Results of the apps that are done. */
  readonly results: readonly Moved[]
  readonly isMoving: boolean
  /** The reason why the move ended early. An app without a result was not moved, or its result is unknown. */
  readonly error: Error | null
  /** Moves apps a few at a time. Returns their results. */
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

/** Splits apps into calls: small enough to show progress, large enough to move thousands in bounded time. */
function callsFor(appIds: readonly string[]): readonly (readonly [string, ...string[]])[] {
  const size = Math.min(mostPerCall, Math.max(fewestPerCall, Math.ceil(appIds.length / callsAimedAt)))
  const calls: [string, ...string[]][] = []
  for (let at = 0; at < appIds.length; at += size) {
    const [first, ...rest] = appIds.slice(at, at + size)
    if (first !== undefined) calls.push([first, ...rest])
  }
  return calls
}
