import { createHash } from 'node:crypto'
import { assert } from '../../core/assert.ts'
import { boundContent, type KnownAs, type UsageEvent } from '../../core/commands/record-usage.ts'
import type { Entry, EntryKind, EntryOf } from '../../core/journal/entry.ts'
import { moneyActOf } from '../../core/journal/money-act.ts'
import { readable } from './item-version.ts'
import { entryKey, type Key, openMoney } from './keys.ts'

/** An entry is stored as it is, with its keys, and with `team` for the journal's index. */
export type EntryItem = Key & {
  readonly team: string
  readonly itemVersion?: number
  readonly openShard?: string
  readonly openKey?: string
} & Omit<Entry, 'teamId'>

export function toEntryItem(entry: Entry): EntryItem {
  const { teamId, ...rest } = entry
  const act = moneyActOf(entry)
  return {
    ...entryKey(entry),
    team: teamId,
    ...itemVersionOf(entry),
    ...(act && openMoney(entry, act)),
    ...rest,
  }
}

/** Throws on an item that is not an entry, and `UnknownItemVersion` if a later deployment wrote it. */
export function fromEntryItem(item: Record<string, unknown>): Entry {
  const {
    pk: _pk,
    sk: _sk,
    openShard: _openShard,
    openKey: _openKey,
    itemVersion: _,
    team,
    ...rest
  } = readable('entry', item)
  assert(typeof team === 'string' && typeof rest.kind === 'string', 'an entry item of an unknown shape')
  assert(
    Number.isSafeInteger(rest.version) && Number.isSafeInteger(rest.at),
    'an entry without version or instant',
  )
  return toToday({ teamId: team, ...rest })
}

/** Names of fields in version 1 of an entry, with their current names. */
const firstNames: ReadonlyMap<string, string> = new Map([
  ['settled', 'paidShortfall'],
  ['of', 'scheduledAt'],
  ['do', 'action'],
])
const newNames = [...firstNames.values()]

/** Earlier deployments would charge more than a cap, and lose budgets, so they must not read entries with these. */
function itemVersionOf(entry: Entry): { readonly itemVersion?: number } {
  const isCapped = 'authorization' in entry && entry.authorization.cap !== undefined
  if (isCapped || entry.kind === 'budget-made' || entry.kind === 'budget-revoked') return { itemVersion: 3 }
  return hasNewNames(entry) ? { itemVersion: 2 } : {}
}

function hasNewNames(entry: Entry): boolean {
  return newNames.some((name) => name in entry)
}

/** An entry in its current form. Stored entries never change, so this reads entries of every version. */
export function toToday(written: Readonly<Record<string, unknown>>): Entry {
  const fields = Object.entries(written).map(
    ([name, value]) => [firstNames.get(name) ?? name, value] as const,
  )
  return withLaterFields(Object.fromEntries(fields) as unknown as Entry)
}

/** Fills in the fields that a kind has gained since, with the meaning of their absence. */
function withLaterFields(entry: Entry): Entry {
  if (entry.kind === 'lot-granted')
    return { ...entry, lot: { ...entry.lot, notices: entry.lot.notices ?? 0 } }
  if (entry.kind !== 'period-closed') return entry
  return { ...entry, lines: entry.lines.map((line) => ({ ...line, lateUnits: line.lateUnits ?? 0 })) }
}

/** The rest in the table of an entry that is only in the archive: its key, so that its operation still happens once. */
export interface RetiredEntry {
  readonly kind: 'retired'
  readonly teamId: string
  readonly version: number
  /** Hash of the content that the event's id is bound to. */
  readonly contentHash?: string
}

export type KnownEntry = Entry | RetiredEntry

/** Without `team` and `version` it is not in the journal's index. */
export function toRetiredItem(entry: Entry): Key & Record<string, unknown> {
  const { teamId, version } = entry
  const kind: RetiredEntry['kind'] = 'retired'
  const contentHash = entry.kind === 'usage' ? hashOf(contentOf(entry)) : undefined
  return {
    ...entryKey(entry),
    kind,
    ofTeam: teamId,
    ofVersion: version,
    ...(contentHash !== undefined && { contentHash }),
  }
}

/** An entry, or the rest of a retired one. Throws on an item that is neither. */
export function fromKnownItem(item: Record<string, unknown>): KnownEntry {
  if (item.kind !== 'retired') return fromEntryItem(item)
  const retired = { kind: 'retired', teamId: String(item.ofTeam), version: Number(item.ofVersion) } as const
  return typeof item.contentHash === 'string' ? { ...retired, contentHash: item.contentHash } : retired
}

/** Compares an event with the entry under its key. An entry that was retired without a hash is taken for the same content. */
export function knownAs(event: UsageEvent, entry: KnownEntry): KnownAs {
  const content = boundContent(event)
  const isSame =
    entry.kind === 'retired'
      ? entry.contentHash === undefined || entry.contentHash === hashOf(content)
      : content === contentOf(ofKind(entry, 'usage'))
  return isSame ? 'duplicate' : 'conflict'
}

function contentOf({ usage, time }: EntryOf<'usage'>): string {
  return boundContent({ ...usage, time })
}

/** 128 bits: enough to tell contents apart, and short in an item that is stored permanently. */
function hashOf(content: string): string {
  return createHash('sha256').update(content).digest().subarray(0, 16).toString('base64url')
}

/** Throws when an entry is not of the kind that its key is for. */
export function ofKind<Kind extends EntryKind>(entry: KnownEntry, kind: Kind): EntryOf<Kind> {
  if (entry.kind !== kind) throw new Error(`an entry of kind ${entry.kind} where ${kind} was expected`)
  return entry as EntryOf<Kind>
}
