import type { Account } from '../../core/account/account.ts'
import type { Member } from '../../core/account/members.ts'
import { assert } from '../../core/assert.ts'
import { dueStages, type StagedDues, stagedDues } from '../../core/directory/money.ts'
import { countTeam, statesOf, type TeamCounts, type TeamState } from '../../core/directory/states.ts'
import { compareText, teamWords } from '../../core/directory/words.ts'
import type { App } from '../../core/migration/compliance.ts'
import { readable } from './item-version.ts'
import { dueAtKey, type Listing, parseDueAtKey } from './keys.ts'
import type { Item } from './table.ts'

/** A team in lists of teams, apart from its account, and the lists that it is in. */
export interface DirectoryRow extends TeamCounts {
  readonly teamId: string
  readonly name: string
  /** Texts of its places in lists (`listingText`), in order. */
  readonly listings: readonly string[]
}

/** A stored row. Each write raises its revision. */
export interface StoredRow extends DirectoryRow {
  readonly revision: number
}

export interface TeamFacts {
  readonly account: Account
  readonly name: string
  readonly apps: readonly App[]
  readonly members: readonly Member[]
}

/** The list of all teams. */
export const allTeams = 'state:all'
export const stateList = (state: TeamState): string => `state:${state}`

/** The list of teams with dues, by stage. A team has a place for each stage that one of its dues is in. */
export const moneyList = 'money'

/** The order of a place among teams with dues: the stage, then the longest in it. The amount is for sums. */
export function moneyOrder({ stage, since, usdCents }: Omit<StagedDues, 'dues'>): string {
  return `${dueStages.indexOf(stage)}.${dueAtKey(since)}.${usdCents}`
}

/** The stage, instant and amount in the order of a place. */
export function parseMoneyOrder(order: string): Omit<StagedDues, 'dues'> {
  const [, rank, since, usdCents] = /^(\d)\.(.{24})\.(\d+)$/.exec(order) ?? []
  const stage = dueStages[Number(rank)]
  assert(stage !== undefined && since !== undefined, `money order ${order}`)
  return { stage, since: parseDueAtKey(since), usdCents: Number(usdCents) }
}

/** The list of the words that begin with the same character. */
export const wordList = (word: string): string => `word:${[...word][0] ?? ''}`

/** The row that a team should have as of its last entry. Time alone changes no state without an entry. */
export function rowOf({ account, name, apps, members }: TeamFacts): DirectoryRow {
  const { teamId } = account
  const counts = countTeam(apps, members)
  const addresses = members.map(({ email }) => email)
  const states = statesOf(account, counts, account.at).map((state) => {
    // The team that has been overdue for longest comes first. Other states have no order but the team's id.
    const since = state === 'overdue' ? account.overdueSince : undefined
    return { list: stateList(state), order: since === undefined ? '' : dueAtKey(since) }
  })
  const money = stagedDues(account, counts).map((dues) => ({ list: moneyList, order: moneyOrder(dues) }))
  const words = teamWords({ teamId, name, addresses, apps })
  const listings = [
    { list: allTeams, order: '' },
    ...states,
    ...money,
    ...words.map((word) => ({ list: wordList(word), order: word })),
  ]
  return { teamId, name, ...counts, listings: listings.map(listingText).toSorted(compareText) }
}

export const listingText = ({ list, order }: Listing): string => `${list}#${order}`

export function listingOf(text: string): Listing {
  const [list, order] = text.split('#')
  assert(list !== undefined && order !== undefined, `listing ${text}`)
  return { list, order }
}

/** The words of a row, in order. */
export function wordsOf({ listings }: DirectoryRow): readonly string[] {
  return listings.filter((text) => text.startsWith('word:')).map((text) => listingOf(text).order)
}

/** True if the row is in the list of a state. */
export function isListed({ listings }: DirectoryRow, list: string): boolean {
  return listings.some((text) => text.startsWith(`${list}#`))
}

export function fromRowItem(item: Item): StoredRow {
  const { teamId, name, revision, listings } = readable('directory row', item)
  assert(
    typeof teamId === 'string' && typeof revision === 'number' && Array.isArray(listings),
    'a directory row of an unknown shape',
  )
  const { apps, appsOutsideHub, admins, invitations } = item
  return {
    teamId,
    name: String(name),
    revision,
    apps: Number(apps),
    appsOutsideHub: Number(appsOutsideHub),
    admins: Number(admins),
    invitations: Number(invitations),
    listings: listings.map(String),
  }
}
