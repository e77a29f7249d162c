import { askedIds } from '../../core/commands/settle.ts'
import type { CommandOf } from '../../core/decide.ts'
import type { Entry, EntryKind, EntryOf } from '../../core/journal/entry.ts'
import type { LostRace } from './commit.ts'
import { type KnownEntry, ofKind } from './entry-item.ts'
import {
  adjustmentKey,
  authorizationKey,
  budgetKey,
  campaignNoticeKey,
  entryKey,
  type Key,
  keyText,
  purchaseKey,
} from './keys.ts'

/** Entries that an operation has found under keys that it would write. */
export class KnownEntries {
  private readonly entries = new Map<string, KnownEntry>()

  add(key: Key, entry: KnownEntry): void {
    this.entries.set(keyText(key), entry)
  }

  /**
   * Adds those of an operation's own entries that a lost race has found. Returns whether there are any. Entries made
   * by time are ignored: their writer changed the account, too.
   */
  addLost(own: readonly Entry[], { known }: LostRace): boolean {
    let isAny = false
    for (const key of own.map(entryKey)) {
      const entry = known.get(keyText(key))
      if (entry === undefined) continue
      this.add(key, entry)
      isAny = true
    }
    return isAny
  }

  get(key: Key): KnownEntry | undefined {
    return this.entries.get(keyText(key))
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

/** The keys of the entries that a command's own ids are bound to; none for a command without such ids. */
export function ownKeys(teamId: string, command: CommandOf): readonly Key[] {
  switch (command.kind) {
    case 'authorize':
      return [authorizationKey(command.authorizationId)]
    case 'settle':
      return askedIds(command).map(authorizationKey)
    case 'purchase-tokens':
      return [purchaseKey(teamId, command.purchaseId)]
    case 'make-budget':
      return [budgetKey(teamId, command.budgetId)]
    case 'adjust':
      return [adjustmentKey(teamId, command.adjustmentId)]
    case 'notify':
      return [campaignNoticeKey(teamId, command.campaign.campaignId, command.step)]
    default:
      return []
  }
}
