import { Unreachable } from '../../api/problem.ts'
import type { Role } from '../../session/session.ts'

export interface FoundTeams {
  readonly teams: readonly {
    readonly teamId: string
    readonly name: string
    readonly plan: 'none' | 'free' | 'paid'
  }[]
  /** True if more teams match than are listed. */
  readonly hasMore: boolean
}

/** Finds teams of the local runtime by a part of their id or name. */
export async function findTeams(search: string): Promise<FoundTeams> {
  return answerOf(fetch(`/local/oidc/teams?${new URLSearchParams({ search })}`))
}

/** Lets the local issuer grant the request in the page's own query, and follows its redirect. */
export async function grantCode(teamId: string, role: Role): Promise<void> {
  const asked = Object.fromEntries(new URLSearchParams(location.search))
  const body = JSON.stringify({ ...asked, team: teamId, role })
  const headers = { 'content-type': 'application/json' }
  const { location: next } = await answerOf<{ location: string }>(
    fetch('/local/oidc/authorize', { method: 'POST', headers, body }),
  )
  location.assign(next)
}

async function answerOf<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked.catch((cause) => {
    throw new Unreachable('no answer', { cause })
  })
  if (!response.ok) throw new Unreachable(`status ${response.status}`)
  return response.json()
}
