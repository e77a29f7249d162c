import type { CommandOf } from '../../core/decide.ts'
import type { EntryKind, EntryOf } from '../../core/journal/entry.ts'
import { type KnownEntry, ofKind } from './entry-item.ts'
import {
  adjustmentKey,
  authorizationKey,
  campaignNoticeKey,
  type Key,
  keyText,
  paymentKey,
  purchaseKey,
} from './keys.ts'

/** Entries that an operation has found to exist already under keys that it would write. */
export class KnownEntries {
  private readonly entries = new Map<string, KnownEntry>()

  add(key: Key, entry: KnownEntry): void {
    this.entries.set(keyText(key), entry)
  }

  has(key: Key): boolean {
    return this.entries.has(keyText(key))
  }

  /** Throws when the entry under the key is of another kind. */
  find<Kind extends EntryKind>(key: Key, kind: Kind): EntryOf<Kind> | undefined {
    const entry = this.entries.get(keyText(key))
    return entry === undefined ? undefined : ofKind(entry, kind)
  }
}

/** The key of the entry that a command's own id is bound to; undefined for a command without one such id. */
export function ownKey(teamId: string, command: CommandOf): Key | undefined {
  switch (command.kind) {
    case 'authorize':
      return authorizationKey(command.authorizationId)
    case 'purchase-tokens':
      return purchaseKey(teamId, command.purchaseId)
    case 'take-payment':
      return paymentKey(teamId, command.paymentId)
    case 'adjust':
      return adjustmentKey(teamId, command.adjustmentId)
    case 'notify':
      return campaignNoticeKey(teamId, command.campaign.campaignId, command.step)
    default:
      return undefined
  }
}
