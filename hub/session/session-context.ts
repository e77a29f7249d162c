import { createContext, useContext } from 'react'
import type { Client } from '../api/client.ts'
import type { Config } from '../config.ts'
import type { Membership } from './me.ts'
import type { Role, Session } from './session.ts'

/** Context of a page after a member of a team has signed in. */
export interface SignedIn {
  readonly config: Config
  readonly session: Session
  readonly client: Client
  readonly teamId: string
  readonly role: Role
  /** All teams and open invitations of a person; undefined if the token states the team. */
  readonly memberships?: readonly Membership[] | undefined
}

export const SessionContext = createContext<SignedIn | undefined>(undefined)

export function useSignedIn(): SignedIn {
  const found = useContext(SessionContext)
  if (found === undefined) throw new Error('nobody is signed in')
  return found
}

export const useClient = (): Client => useSignedIn().client
export const useTeamId = (): string => useSignedIn().teamId
export const useRole = (): Role => useSignedIn().role
