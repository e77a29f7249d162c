import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { isPassing } from '../../api/problem.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'
import type { Member, Role } from './roles.ts'

export interface RoleChange {
  readonly memberId: string
  readonly role: Role
}

const retriesMax = 2

/**
 * Changes a member's role, and leaves the address as it is at that time. Error 412 if another admin changes the members
 * in between, because the role may then be granted to somebody else.
 */
export function useChangeRole(): UseMutationResult<Member, Error, RoleChange> {
  const teamId = useTeamId()
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ memberId, role }) => {
      const { answer, etag } = await client.read('listMembers', { params: { teamId } })
      const before = answer.members.find((member) => member.memberId === memberId)
      if (before === undefined) throw new Error(`member ${memberId} is not in the team`)
      const body = { ...before, role }
      return client.call('putMember', { params: { teamId, memberId }, body, ifMatch: etag })
    },
    retry: (failures, error) => failures < retriesMax && isPassing(error),
    onSuccess: () => queries.invalidateQueries(),
    onError: () => void queries.invalidateQueries(),
  })
}
