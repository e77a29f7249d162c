import { useQuery } from '@tanstack/react-query'
import type { Answer, Client } from '../api/client.ts'

export type Membership = Answer<'getMe'>['teams'][number]

/** A person without a team waits for an invitation, which is looked for at this interval. */
const everyMilliseconds = 60_000

/** The person who is signed in, with teams and open invitations. */
export function useMe(client: Client) {
  return useQuery({
    queryKey: ['getMe'],
    queryFn: ({ signal }) => client.call('getMe', {}, signal),
    // The heartbeat of a team's pages reads them again, too.
    refetchInterval: ({ state }) => (state.data?.teams.some(isAccepted) ? false : everyMilliseconds),
  })
}

export const isAccepted = ({ state }: Membership): boolean => state === 'accepted'

export const nameOf = ({ name, teamId }: Membership): string => name ?? teamId
