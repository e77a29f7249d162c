import type { MembersAnswer as Members } from '../../../contract/list-members.ts'

export type Member = Members['members'][number]
export type Role = Member['role']

/** Returns the names of the roles, in the order shown. */
export function roleNames(layout: (key: `role.${Role}`) => string): Record<Role, string> {
  return { developer: layout('role.developer'), admin: layout('role.admin') }
}
