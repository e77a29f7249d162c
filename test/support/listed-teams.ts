import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { expect } from 'vitest'
import { scan } from '../../audit/reading.ts'
import type { ListedTeamAnswer } from '../../contract/list-teams.ts'
import { routes } from '../../contract/routes.ts'
import { accountKey, setupVersionKey } from '../../lambdas/store/keys.ts'
import { getItem, type Item, type Table } from '../../lambdas/store/table.ts'
import { everyScope } from './ask.ts'
import type { Party } from './party.ts'

export interface TeamsPage {
  readonly teams: readonly ListedTeamAnswer[]
  readonly cursor?: string
}

const profile = { country: 'JP', paymentMethod: 'credit-card', standing: 'good' }
type Sent = { readonly body?: object; readonly params?: Record<string, string> }

/** The list of teams on a table without a stream: it collects the records that the stream would carry. */
export class ListedTeams {
  records: DynamoDBRecord[] = []
  private readonly parts: { readonly table: Table; readonly party: Party }

  constructor(table: Table, party: Party) {
    this.parts = { table, party }
  }

  /** Calls for a team, and collects the records of the items that the stream's filter lets through. */
  async act(operationId: string, team: string, sent: Sent = {}): Promise<void> {
    const { table, party } = this.parts
    const keys = [accountKey(team), setupVersionKey(team)]
    const read = () => Promise.all(keys.map((key) => getItem(table, key)))
    const before = await read()
    const isOfTeam = routes.some((route) => route.operationId === operationId && isTeams(route.path))
    const params = { ...(isOfTeam && { teamId: team }), ...sent.params }
    const claims = { ...everyScope, team }
    const { status, body } = await party.call(operationId, { ...sent, params, claims })
    if (status >= 300) throw new Error(`${operationId}: ${status} ${JSON.stringify(body)}`)
    for (const [index, item] of (await read()).entries()) this.collect(before[index], item)
  }

  register = (team: string, name = team) => this.act('registerTeam', team, { body: { name, ...profile } })
  addApp = (team: string, appId: string, name = appId) =>
    this.act('registerApp', team, { body: { teamId: team, name }, params: { appId } })
  invite = (team: string, memberId: string, email: string) =>
    this.act('putMember', team, { body: { email, role: 'admin' }, params: { memberId } })

  /** Runs the consumer on records. Returns the sequence numbers that must come again. */
  async follow(batch: readonly DynamoDBRecord[] = this.records): Promise<readonly string[]> {
    const { followChanges } = await import('../../lambdas/directory/follow-changes.ts')
    return followChanges(await this.directory())(batch)
  }

  async directory() {
    const { DirectoryStore } = await import('../../lambdas/store/directory.ts')
    return new DirectoryStore(this.parts.table)
  }

  async page(query: Record<string, string>): Promise<TeamsPage> {
    const { status, body } = await this.parts.party.call('listTeams', { query, claims: everyScope })
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body as unknown as TeamsPage
  }

  /** All pages of a list, by the ids of their teams. */
  async idsOf(query: Record<string, string>): Promise<readonly string[]> {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page: TeamsPage = await this.page({ ...query, ...(cursor !== undefined && { cursor }) })
      expect(page.teams.length).toBeLessThanOrEqual(Number(query.limit ?? 50))
      ids.push(...page.teams.map(({ teamId }) => teamId))
      cursor = page.cursor
    } while (cursor !== undefined)
    return ids
  }

  /** Keys of all lists in the table, and those that the rows name; both with their team. */
  async places(): Promise<{ readonly inLists: readonly string[]; readonly inRows: readonly string[] }> {
    const [inLists, inRows]: [string[], string[]] = [[], []]
    for await (const { pk, sk, teamId, listings } of scan(this.parts.table, {})) {
      if (String(pk).startsWith('LISTING#')) inLists.push(`${String(pk).slice(8, -3)}#${sk}`)
      if (sk === 'DIRECTORY') inRows.push(...(listings as string[]).map((text) => `${text}#${teamId}`))
    }
    return { inLists: inLists.toSorted(), inRows: inRows.toSorted() }
  }

  private collect(old: Item | undefined, item: Item | undefined): void {
    if (item === undefined || item.version === old?.version) return
    const dynamodb = {
      Keys: imageOf({ pk: item.pk, sk: item.sk }),
      SequenceNumber: String(this.records.length + 1),
      NewImage: imageOf(item),
      ...(old && { OldImage: imageOf(old) }),
    }
    this.records.push({ dynamodb } as DynamoDBRecord)
  }
}

const imageOf = (item: Item) => marshall(item, { removeUndefinedValues: true })
const isTeams = (path: string): boolean => path.includes('{teamId}')
