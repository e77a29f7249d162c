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

export interface FoundPeople {
  readonly people: readonly { readonly email: string; readonly teamIds: readonly string[] }[]
  /** True if more people match than are listed. */
  readonly hasMore: boolean
}

/** Finds people of the local runtime by a part of their address or of a team's id. */
export async function findPeople(search: string): Promise<FoundPeople> {
  return answerOf(fetch(`/local/oidc/people?${new URLSearchParams({ search })}`))
}

/** The one who signs in: an operator, a person, or anybody with a role in a team. */
export type Identity =
  | { readonly operator: string }
  | { readonly person: string }
  | { readonly team: string; readonly role: Role }

/** Finds teams of the local runtime by a part of their id or name. */
export async function findTeams(search: string): Promise<FoundTeams> {
  return answerOf(fetch(`/local/oidc/teams?${new URLSearchParams({ search })}`))
}

/** Lets the local issuer grant the request in the page's own query, and follows its redirect. */
export async function grantCode(identity: Identity): Promise<void> {
  const asked = Object.fromEntries(new URLSearchParams(location.search))
  const body = JSON.stringify({ ...asked, ...identity })
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
