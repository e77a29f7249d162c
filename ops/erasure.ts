import type { Entry } from '../core/journal/entry.ts'
import { erasedText, freeText } from '../core/journal/erasure.ts'
import { AppStore } from '../lambdas/store/apps.ts'
import { DirectoryStore } from '../lambdas/store/directory.ts'
import { JournalStore } from '../lambdas/store/journal.ts'
import {
  activityPrefix,
  actorPrefix,
  appKey,
  deliveryPrefix,
  entryKey,
  eventCursorKey,
  type Key,
  profileKey,
  teamAppKey,
  teamNameKey,
  teamPk,
} from '../lambdas/store/keys.ts'
import { MemberStore } from '../lambdas/store/members.ts'
import { NotificationStore } from '../lambdas/store/notifications.ts'
import type { Operations } from '../lambdas/store/operations.ts'
import { type Item, isWritten, queryItems, type Table } from '../lambdas/store/table.ts'
import { type TeamName, TeamStore } from '../lambdas/store/teams.ts'
import { entriesAfter } from './journal.ts'

const itemsPerRound = 1_000
/** Reads every act of a team: acts of entries, which stay, are among them. */
const actsMax = 1_000_000
const roundsMax = 10_000

/** Counts of a team's personal data, by kind. */
export interface PersonalData {
  /** Number of entries with free text. */
  readonly entries: number
  /** Number of names: the team's own and its hub's. */
  readonly names: number
  /** Number of the team's names that documents bear. */
  readonly documentNames: number
  readonly apps: number
  readonly members: number
  readonly addresses: number
  readonly deliveries: number
  /** Changes of members and settings, and addresses of those who acted. */
  readonly acts: number
}

export interface ErasureParts {
  readonly table: Table
  readonly operations: Operations
}

/**
 * Finds and erases a team's personal data in the table. Amounts, ids and the fold of the journal do not
 * change. An interrupted erasure can be run again.
 */
export class Erasure {
  private readonly parts: ErasureParts
  private readonly journal: JournalStore
  private readonly apps: AppStore
  private readonly members: MemberStore
  private readonly notifications: NotificationStore

  constructor(parts: ErasureParts) {
    this.parts = parts
    this.journal = new JournalStore(parts.table)
    this.apps = new AppStore(parts.table)
    this.members = new MemberStore(parts.table)
    this.notifications = new NotificationStore(parts.table)
  }

  /** Counts the data that an erasure would erase. */
  async find(teamId: string): Promise<PersonalData> {
    const { emails, webhooks } = await this.notifications.load(teamId)
    let entries = 0
    for await (const _ of this.telling(teamId)) entries += 1
    return {
      entries,
      names: (await this.namesOf(teamId)).length,
      documentNames: (await this.documentNamesOf(teamId)).length,
      apps: (await this.apps.ofTeam(teamId)).filter(({ name }) => name !== erasedText).length,
      members: (await this.members.list(teamId)).length,
      addresses: emails.length + webhooks.length,
      deliveries: (await this.keysOf(teamId, deliveryPrefix)).length,
      acts: (await this.actsOf(teamId)).length,
    }
  }

  /**
   * Erases the data. The first step writes an entry, so that no function continues with a remembered account.
   */
  async run(teamId: string): Promise<void> {
    await this.note(teamId)
    for await (const entry of this.telling(teamId)) await this.redact(entry)
    await this.redactCursor(teamId)
    for (const field of await this.namesOf(teamId)) await this.setName(profileKey(teamId), field)
    for (const { version } of await this.documentNamesOf(teamId))
      await this.setName(teamNameKey(teamId, version), 'name')
    for (const { appId } of await this.apps.ofTeam(teamId))
      for (const key of [appKey(appId), teamAppKey(teamId, appId)]) await this.setName(key, 'name')
    await this.removeMembers(teamId)
    await this.notifications.change(teamId, (before) =>
      before.revision === 0 ? before : { ...before, emails: [], webhooks: [] },
    )
    await this.removeAll(() => this.keysOf(teamId, deliveryPrefix))
    await this.removeAll(() => this.actsOf(teamId))
    // Last, because the words are those of the names, apps and members that are left.
    await new DirectoryStore(this.parts.table).refresh(teamId)
  }

  private async note(teamId: string): Promise<void> {
    const result = await this.parts.operations.run(teamId, { kind: 'erase' })
    if (result === 'absent' || 'refused' in result)
      throw new Error(`the erasure of ${teamId} was not recorded`)
  }

  /** Finds entries whose free text still exists. */
  private async *telling(teamId: string): AsyncGenerator<Entry> {
    for await (const entry of entriesAfter(this.journal, teamId))
      if ((freeText(entry)?.text ?? erasedText) !== erasedText) yield entry
  }

  private async redact(entry: Entry): Promise<void> {
    const free = freeText(entry)
    if (free === undefined) return
    await this.change(entryKey(entry), {
      set: '#field = :erased',
      condition: 'kind = :kind AND attribute_exists(#field)',
      names: { '#field': free.field },
      values: { ':kind': entry.kind },
    })
  }

  /** The cursor of the events contains a copy of the account. */
  private async redactCursor(teamId: string): Promise<void> {
    const condition = 'attribute_exists(suspendedBecause)'
    await this.change(eventCursorKey(teamId), { set: 'suspendedBecause = :erased', condition })
  }

  private async namesOf(teamId: string): Promise<readonly ('name' | 'hubName')[]> {
    const team = await new TeamStore(this.parts.table).find(teamId)
    return (['name', 'hubName'] as const).filter((field) => (team?.[field] ?? erasedText) !== erasedText)
  }

  private async documentNamesOf(teamId: string): Promise<readonly TeamName[]> {
    const names = await new TeamStore(this.parts.table).names(teamId)
    return names.filter(({ name }) => name !== erasedText)
  }

  private async setName(key: Key, field: 'name' | 'hubName'): Promise<void> {
    const condition = 'attribute_exists(#field)'
    await this.change(key, { set: '#field = :erased', condition, names: { '#field': field } })
  }

  private async removeMembers(teamId: string): Promise<void> {
    for (const { memberId } of await this.members.list(teamId))
      await this.members.change(teamId, (members) => {
        const before = members.find((member) => member.memberId === memberId)
        return before === undefined ? {} : { before }
      })
  }

  private async keysOf(teamId: string, prefix: string): Promise<readonly Key[]> {
    return (await this.itemsOf(teamId, prefix)).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }))
  }

  /** The acts outside the journal, and the addresses of actors. Acts of entries name nobody but a subject. */
  private async actsOf(teamId: string): Promise<readonly Key[]> {
    const acts = await this.itemsOf(teamId, activityPrefix, actsMax)
    const noted = acts.filter(({ ofVersion }) => ofVersion === undefined)
    const keys = noted.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }))
    return [...keys, ...(await this.keysOf(teamId, actorPrefix))]
  }

  private itemsOf(teamId: string, prefix: string, limit = itemsPerRound): Promise<readonly Item[]> {
    return queryItems(this.parts.table, { pk: teamPk(teamId), prefix, limit })
  }

  private async removeAll(find: () => Promise<readonly Key[]>): Promise<void> {
    const { table } = this.parts
    for (let round = 0; round < roundsMax; round++) {
      const keys = await find()
      if (keys.length === 0) return
      for (const Key of keys) await table.send('DeleteItem', { TableName: table.tableName, Key })
    }
  }

  private async change(Key: Key, { set, condition, names, values }: Change): Promise<void> {
    const { table } = this.parts
    const update = {
      TableName: table.tableName,
      Key,
      UpdateExpression: `SET ${set}`,
      ConditionExpression: condition,
      ...(names && { ExpressionAttributeNames: names }),
      ExpressionAttributeValues: { ...values, ':erased': erasedText },
    }
    // A failed condition means that there is nothing to erase.
    await isWritten(table.send('UpdateItem', update))
  }
}

interface Change {
  readonly set: string
  readonly condition: string
  readonly names?: Record<string, string>
  readonly values?: Record<string, unknown>
}
