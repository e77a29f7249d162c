import { type Activity, activityOf } from '../../core/journal/activity.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { dayMs, type Instant } from '../../core/time/time.ts'
import type { CopyItem } from './copy-item.ts'
import { readable } from './item-version.ts'
import { actIdOf, activityKey, activityPrefix, actorKey, afterActivities, dueAtKey, teamPk } from './keys.ts'
import { getItem, type Item, queryItems, type Table } from './table.ts'

/** An act with its id, by which acts are ordered; `version` is that of its entry, if it has one. */
export interface ListedActivity extends Activity {
  readonly actId: string
  readonly version?: number
}

/** Acts that are meant; a field that is absent lets all through. */
export interface ActivityFilter {
  /** The address or the subject of the person. */
  readonly actor?: string
  readonly kind?: string
  /** The id of what was changed, or the address of a member. */
  readonly target?: string
  /** UTC days, both included. */
  readonly from?: string
  readonly to?: string
}

export interface ActivityAsk {
  readonly teamId: string
  /** The act before which the search begins; absent: at the newest one. */
  readonly before?: string
  readonly limit: number
  readonly filter: ActivityFilter
}

/** The acts found, the last act that was examined unless it was the last of all, and the addresses of the actors. */
export interface ActivityFound {
  readonly acts: readonly ListedActivity[]
  readonly last?: ListedActivity
  readonly addresses: ReadonlyMap<string, string>
}

/** Acts that a search reads at once. */
const searchedAtOnce = 100
/** Acts after which a search stops, found or not: about twenty read units. */
const examinedMax = 500

/** The acts of a team's people, and the addresses of those who acted. */
export class ActivityStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Up to `limit` acts that a filter lets through, newest first. A search that finds few stops after some reads. */
  async find({ teamId, before, limit, filter }: ActivityAsk): Promise<ActivityFound> {
    const acts: ListedActivity[] = []
    const addresses = new Map<string, string>()
    const { actor, kind, target } = filter
    const isSearched = [actor, kind, target].some((value) => value !== undefined)
    const size = isSearched ? searchedAtOnce : limit
    let last = before
    for (let examined = 0; examined < examinedMax; ) {
      const page = await this.page(teamId, last, { limit: size, filter })
      for (const [subject, email] of await this.unknownAddresses(teamId, page, addresses))
        addresses.set(subject, email)
      for (const act of page) {
        if (isMeant(act, filter, addresses)) acts.push(act)
        if (acts.length === limit) return { acts, last: act, addresses }
      }
      const end = page.at(-1)
      if (end === undefined || page.length < size) return { acts, addresses }
      last = end.actId
      examined += page.length
      if (examined >= examinedMax) return { acts, last: end, addresses }
    }
    return { acts, addresses }
  }

  /** Up to `limit` acts of the days of a filter, older than another act, newest first. */
  private async page(
    teamId: string,
    before: string | undefined,
    { limit, filter }: Pick<ActivityAsk, 'limit' | 'filter'>,
  ): Promise<readonly ListedActivity[]> {
    const ends = filter.to === undefined ? afterActivities : actsFrom(Date.parse(filter.to) + dayMs)
    const from = filter.from === undefined ? activityPrefix : actsFrom(Date.parse(filter.from))
    const to = before === undefined ? ends : [ends, `${activityPrefix}${before}`].toSorted()[0]
    if (to === undefined || to < from) return []
    const range = { pk: teamPk(teamId), from, to, isNewestFirst: true, limit: limit + 1 }
    const items = await queryItems(this.table, range)
    return items
      .filter(({ sk }) => sk !== to)
      .slice(0, limit)
      .map(toListed)
  }

  private unknownAddresses(
    teamId: string,
    acts: readonly ListedActivity[],
    known: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    return this.addresses(
      teamId,
      acts.map(({ actor }) => actor).filter((actor) => !known.has(actor)),
    )
  }

  /** The addresses of subjects, as far as they are stored. A page names few people. */
  async addresses(teamId: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const unique = [...new Set(subjects)]
    const items = await Promise.all(unique.map((subject) => getItem(this.table, actorKey(teamId, subject))))
    return new Map(
      items.flatMap((item) => {
        if (item === undefined) return []
        const { subject, email } = readable('actor', item)
        return [[String(subject), String(email)] as const]
      }),
    )
  }
}

function toListed(item: Item): ListedActivity {
  const { sk, activity, ofVersion } = readable('activity', item)
  const version = typeof ofVersion === 'number' ? { version: ofVersion } : {}
  return { ...(activity as Activity), actId: actIdOf(String(sk)), ...version }
}

/** The first key that an act at or after an instant can have. */
function actsFrom(at: Instant): string {
  return `${activityPrefix}${dueAtKey(at)}`
}

function isMeant(
  { actor, kind, targetId, member }: ListedActivity,
  filter: ActivityFilter,
  addresses: ReadonlyMap<string, string>,
): boolean {
  const isActor = filter.actor === undefined || isSame(filter.actor, actor, addresses.get(actor))
  const isKind = filter.kind === undefined || filter.kind === kind
  const isTarget = filter.target === undefined || isSame(filter.target, targetId, member?.email)
  return isActor && isKind && isTarget
}

/** True for the id itself, or for the address in any case. */
function isSame(asked: string, id: string | undefined, email: string | undefined): boolean {
  return asked === id || asked.toLowerCase() === email?.toLowerCase()
}

/** The places of asked entries among the acts. */
export function activityItems(entries: readonly Entry[]): readonly CopyItem[] {
  return entries.flatMap((entry) => {
    const activity = activityOf(entry)
    if (activity === undefined) return []
    const { teamId, version } = entry
    return [{ ...activityKey(teamId, activity.at, { version }), ofVersion: version, activity }]
  })
}
