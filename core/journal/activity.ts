import type { MemberChangeKind, Role } from '../account/members.ts'
import type { Instant } from '../time/time.ts'
import type { Entry, EntryKind } from './entry.ts'

/** True for the kinds of entries that people of a team, or operators for it, ask for. Services report the others, or time makes them. */
const isAsked = {
  'team-changed': true,
  'hub-named': true,
  'app-moved': true,
  'plan-changed': true,
  authorization: false,
  capture: false,
  void: false,
  usage: false,
  'limit-set': true,
  'budget-made': true,
  'budget-revoked': true,
  purchase: true,
  'lot-granted': false,
  'lot-expiring': false,
  'lot-expired': false,
  'period-started': false,
  'period-closed': false,
  payment: true,
  'payment-requested': true,
  'purchase-given-up': true,
  'tokens-taken-back': false,
  reversal: true,
  'payment-recovery': false,
  'campaign-notice': false,
  'alert-noted': false,
  'subscriptions-changed': true,
  suspended: true,
  resumed: true,
  'personal-data-erased': false,
  adjustment: true,
} as const satisfies Readonly<Record<EntryKind, boolean>>

export type AskedKind = {
  [Kind in EntryKind]: (typeof isAsked)[Kind] extends true ? Kind : never
}[EntryKind]

export const askedKinds = Object.entries(isAsked).flatMap(([kind, asked]) =>
  asked ? [kind as AskedKind] : [],
)

export const settingChangeKinds = [
  'notifications-changed',
  'webhook-secret-replaced',
  'webhook-tested',
  'alerts-changed',
] as const

/** Acts on apps that no entry records: an app belongs to its team, not to its account. */
export const appChangeKinds = ['app-registered', 'app-renamed'] as const

/** Parts of the notification settings. */
export const settingParts = ['language', 'emails', 'webhooks'] as const

export type AppChangeKind = (typeof appChangeKinds)[number]
export type SettingChangeKind = (typeof settingChangeKinds)[number]
export type SettingPart = (typeof settingParts)[number]

/** An act of a person: the one who did it, the time, and the thing that changed. */
export interface Activity {
  readonly at: Instant
  /** The subject of the caller's token. */
  readonly actor: string
  readonly kind: AskedKind | MemberChangeKind | SettingChangeKind | AppChangeKind
  /** Id of the app, purchase, payment, reversal, adjustment, member or webhook. */
  readonly targetId?: string
  /** The member after a change, or before a removal. */
  readonly member?: { readonly email: string; readonly role: Role }
  readonly changed?: readonly SettingPart[]
  /** The name of an app after the act. */
  readonly name?: string
  /** The reason of an operator, for an act without an entry: entries have their own. */
  readonly reason?: string
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
    case 'budget-made':
    case 'budget-revoked':
      return entry.budgetId
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
