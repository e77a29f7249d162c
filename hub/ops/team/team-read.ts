import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Answer, Tagged } from '../../api/client.ts'
import { isStale } from '../../api/problem.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'

export type TeamRead = Tagged<Answer<'getTeam'>>

/** The team with its tag, for a form that replaces a part of it. Undefined until it is read. */
export function useTeamRead(): TeamRead | undefined {
  const client = useClient()
  const teamId = useTeamId()
  const { data } = useQuery({
    queryKey: ['tagged', 'getTeam', teamId],
    queryFn: () => client.read('getTeam', { params: { teamId } }),
    gcTime: 0,
  })
  return data
}

/** Sends a change of the team that was read. After a 412, the next preview is about the team as it is then. */
export function useUnlessStale(etag: string | undefined) {
  const client = useClient()
  const teamId = useTeamId()
  const tag = useRef(etag)
  return async <T>(send: (ifMatch: string | undefined) => Promise<T>): Promise<T> => {
    tag.current ??= (await client.read('getTeam', { params: { teamId } })).etag
    try {
      return await send(tag.current)
    } catch (error) {
      if (isStale(error)) tag.current = undefined
      throw error
    }
  }
}
