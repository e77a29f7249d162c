import type { Account } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { statesOf, type TeamState } from '../../core/directory/states.ts'
import { compareText, hasWords } from '../../core/directory/words.ts'
import type { Instant } from '../../core/time/time.ts'
import { fromAccountItem } from '../store/account-item.ts'
import { DirectoryStore } from '../store/directory.ts'
import { allTeams, isListed, type StoredRow, stateList, wordList, wordsOf } from '../store/directory-row.ts'
import { accountKey } from '../store/keys.ts'
import { batchGet, type Table } from '../store/table.ts'
import { placesOf } from '../store/team-lists.ts'

/** Places that one page examines at most. A page of rarer teams is short, and its cursor goes on. */
const examinedMax = 300
const placesPerRead = 100
const placesMin = 20

export interface TeamsAsk {
  /** Words that all begin words of the team. */
  readonly words: readonly string[]
  /** Teams with the queried id of an app or address, whether or not the words find them. They come first. */
  readonly exact: readonly string[]
  readonly state?: TeamState | undefined
  /** The mark that ended the previous page. */
  readonly after?: string | undefined
  readonly limit: number
}

/** A team as it is now: its account is read, and moved on to now. */
export interface FoundTeam {
  readonly row: StoredRow
  readonly account: Account
  readonly states: readonly TeamState[]
}

export interface FoundTeams {
  readonly teams: readonly FoundTeam[]
  /** The mark that ends this page; absent on the last one. */
  readonly next?: string
}

/** Begins the mark of a page that ends among the exact teams. No key of a list begins with it. */
const exactMark = '='

/** A team to examine, and the mark of a page that ends with it. */
interface Step {
  readonly teamId: string
  readonly mark: string
  /** The word that found it. */
  readonly word?: string
}

/** Finds teams in the directory. A team is listed once, at the first of its words that the query begins. */
export class TeamSearch {
  private readonly table: Table
  private readonly directory: DirectoryStore

  constructor(table: Table) {
    this.table = table
    this.directory = new DirectoryStore(table)
  }

  async find(ask: TeamsAsk, catalog: Catalog, now: Instant): Promise<FoundTeams> {
    const teams: FoundTeam[] = []
    let [after, examined] = [ask.after, 0]
    while (teams.length < ask.limit && examined < examinedMax) {
      const missing = ask.limit - teams.length
      const steps = await this.steps(ask, after, missing)
      if (steps.length === 0) return { teams }
      const rows = await this.directory.rows(steps.map(({ teamId }) => teamId))
      const taken = upTo(
        missing,
        steps.map((step) => ({ step, row: wantedRow(ask, step, rows.get(step.teamId)) })),
      )
      const wanted = taken.flatMap(({ row }) => row ?? [])
      for (const team of await this.asTheyAre(wanted, catalog, now))
        if (ask.state === undefined || team.states.includes(ask.state)) teams.push(team)
      after = taken.at(-1)?.step.mark
      examined += taken.length
    }
    return { teams, ...(after !== undefined && { next: after }) }
  }

  private async steps(ask: TeamsAsk, after: string | undefined, missing: number): Promise<readonly Step[]> {
    const isPastExact = after !== undefined && !after.startsWith(exactMark)
    const exact = ask.exact
      .toSorted(compareText)
      .map((teamId) => ({ teamId, mark: `${exactMark}${teamId}` }))
      .filter(({ mark }) => after === undefined || compareText(mark, after) > 0)
    if (!isPastExact && exact.length > 0) return exact
    const word = longest(ask.words)
    const list = word === undefined ? listOf(ask.state) : wordList(word)
    const isFiltered = ask.words.length > 1 || (word !== undefined && ask.state !== undefined)
    const places = await placesOf(this.table, {
      list,
      prefix: word ?? '',
      after: isPastExact ? after : undefined,
      limit: isFiltered ? placesPerRead : Math.max(missing, placesMin),
    })
    return places.map(({ teamId, sortKey, order }) => {
      return { teamId, mark: sortKey, ...(word !== undefined && { word: order }) }
    })
  }

  /** The teams with their accounts as they are now, moved on to now. */
  private async asTheyAre(
    rows: readonly StoredRow[],
    catalog: Catalog,
    now: Instant,
  ): Promise<readonly FoundTeam[]> {
    const items = await batchGet(
      this.table,
      rows.map(({ teamId }) => accountKey(teamId)),
    )
    const accounts = new Map(items.map(fromAccountItem).map((account) => [account.teamId, account]))
    return rows.flatMap((row) => {
      const stored = accounts.get(row.teamId)
      if (stored === undefined) return []
      const at = Math.max(now, stored.at)
      const { account } = advance(stored, at, catalog)
      return [{ row, account, states: statesOf(account, row, at) }]
    })
  }
}

/** The row of an examined team if it belongs to the answer, and was not listed at an earlier step. */
function wantedRow(
  { words, exact, state }: TeamsAsk,
  { teamId, mark, word }: Step,
  row: StoredRow | undefined,
): StoredRow | undefined {
  if (row === undefined || (state !== undefined && !isListed(row, stateList(state)))) return undefined
  if (mark.startsWith(exactMark)) return row
  if (exact.includes(teamId)) return undefined
  if (word === undefined) return row
  const own = wordsOf(row)
  const prefix = longest(words) ?? ''
  const isFirst = own.find((other) => other.startsWith(prefix)) === word
  return isFirst && hasWords(own, words) ? row : undefined
}

type Examined = { readonly step: Step; readonly row: StoredRow | undefined }

/** The examined teams from the first on among which `most` belong to the answer. */
function upTo(most: number, examined: readonly Examined[]): readonly Examined[] {
  let wanted = 0
  const end = examined.findIndex(({ row }) => row !== undefined && ++wanted === most)
  return end === -1 ? examined : examined.slice(0, end + 1)
}

const listOf = (state: TeamState | undefined): string => (state === undefined ? allTeams : stateList(state))

/** The longest word, which finds the fewest teams. */
function longest(words: readonly string[]): string | undefined {
  return words.toSorted((a, b) => [...b].length - [...a].length)[0]
}
