import type { MemberChangeKind, Role } from '../account/members.ts'
import type { Instant } from '../time/time.ts'
import type { Entry, EntryKind } from './entry.ts'

/** Kinds of entries that people of a team, or operators for it, ask for. Services report the others, or time makes them. */
export const askedKinds = [
  'team-changed',
  'hub-named',
  'app-moved',
  'plan-changed',
  'limit-set',
  'purchase',
  'payment-requested',
  'purchase-given-up',
  'payment',
  'reversal',
  'adjustment',
  'suspended',
  'resumed',
] as const satisfies readonly EntryKind[]

export const settingChangeKinds = ['notifications-changed', 'webhook-secret-replaced'] as const

/** Parts of the notification settings. */
export const settingParts = ['language', 'emails', 'webhooks'] as const

export type AskedKind = (typeof askedKinds)[number]
export type SettingChangeKind = (typeof settingChangeKinds)[number]
export type SettingPart = (typeof settingParts)[number]

/** An act of a person: the one who did it, the time, and the thing that changed. */
export interface Activity {
  readonly at: Instant
  /** The subject of the caller's token. */
  readonly actor: string
  readonly kind: AskedKind | MemberChangeKind | SettingChangeKind
  /** Id of the app, purchase, payment, reversal, adjustment, member or webhook. */
  readonly targetId?: string
  /** The member after a change, or before a removal. */
  readonly member?: { readonly email: string; readonly role: Role }
  readonly changed?: readonly SettingPart[]
}

/** The act that an entry records; undefined if no person asked for it. */
export function activityOf(entry: Entry): Activity | undefined {
  const { actor, at } = entry
  const kind = askedKinds.find((asked) => asked === entry.kind)
  if (actor === undefined || kind === undefined) return undefined
  const targetId = targetOf(entry)
  return { at, actor, kind, ...(targetId !== undefined && { targetId }) }
}

function targetOf(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'app-moved':
    case 'limit-set':
      return entry.appId
    case 'purchase':
    case 'payment-requested':
    case 'purchase-given-up':
      return entry.purchaseId
    case 'payment':
      return entry.paymentId
    case 'reversal':
      return entry.reversalId
    case 'adjustment':
      return entry.adjustmentId
    default:
      return undefined
  }
}
