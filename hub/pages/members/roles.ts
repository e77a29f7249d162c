import type { MembersAnswer as Members } from '../../../contract/list-members.ts'

export type Member = Members['members'][number]
export type Role = Member['role']

/** What the roles are called, in the order in which they are offered. */
export function roleNames(layout: (key: `role.${Role}`) => string): Record<Role, string> {
  return { developer: layout('role.developer'), admin: layout('role.admin') }
}
