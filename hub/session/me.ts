import { useQuery } from '@tanstack/react-query'
import type { Answer, Client } from '../api/client.ts'

export type Membership = Answer<'getMe'>['teams'][number]

/** Teams and open invitations are read again at this interval, because others change them. */
const everyMilliseconds = 60_000

/** The person who is signed in, with teams and open invitations. */
export function useMe(client: Client) {
  return useQuery({
    queryKey: ['getMe'],
    queryFn: ({ signal }) => client.call('getMe', {}, signal),
    refetchInterval: everyMilliseconds,
  })
}

export const isAccepted = ({ state }: Membership): boolean => state === 'accepted'

export const nameOf = ({ name, teamId }: Membership): string => name ?? teamId
