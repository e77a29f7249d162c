import { createContext, useContext } from 'react'
import type { Client } from '../api/client.ts'
import type { Config } from '../config.ts'
import type { Membership } from './me.ts'
import type { Role, Session } from './session.ts'

/** Context of a page after somebody has signed in. */
export interface Opened {
  readonly config: Config
  readonly session: Session
  readonly client: Client
}

/** Context of a team's pages. */
export interface SignedIn extends Opened {
  readonly teamId: string
  readonly role: Role
  /** All teams and open invitations of a person; undefined if the token states the team. */
  readonly memberships?: readonly Membership[] | undefined
  /** True if an operator looks at the team's pages: they show what an admin sees, and change nothing. */
  readonly isOperator?: true
}

export const SessionContext = createContext<Opened | SignedIn | undefined>(undefined)

/** The session, inside or outside of a team. */
export function useOpened(): Opened {
  const found = useContext(SessionContext)
  if (found === undefined) throw new Error('nobody is signed in')
  return found
}

export function useSignedIn(): SignedIn {
  const found = useOpened()
  if (!isOfTeam(found)) throw new Error('this is no page of a team')
  return found
}

const isOfTeam = (opened: Opened | SignedIn): opened is SignedIn => 'teamId' in opened

export const useClient = (): Client => useOpened().client
export const useTeamId = (): string => useSignedIn().teamId
export const useRole = (): Role => useSignedIn().role

/** True for those who may change the team: its admins. An operator sees what they see, and changes nothing here. */
export function useMayChange(): boolean {
  const { role, isOperator } = useSignedIn()
  return role === 'admin' && isOperator !== true
}

/** The team of the page; undefined outside of a team. */
export function useTeamIdIfAny(): string | undefined {
  const found = useOpened()
  return isOfTeam(found) ? found.teamId : undefined
}
