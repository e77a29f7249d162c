import { type Activity, activityOf } from '../../core/journal/activity.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { CopyItem } from './copy-item.ts'
import { readable } from './item-version.ts'
import { actIdOf, activityKey, activityPrefix, actorKey, afterActivities, teamPk } from './keys.ts'
import { getItem, queryItems, type Table } from './table.ts'

/** An act with its id, by which acts are ordered; `version` is that of its entry, if it has one. */
export interface ListedActivity extends Activity {
  readonly actId: string
  readonly version?: number
}

/** The acts of a team's people, and the addresses of those who acted. */
export class ActivityStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Up to `limit` acts older than another act, newest first. */
  async newest(
    teamId: string,
    before: string | undefined,
    limit: number,
  ): Promise<readonly ListedActivity[]> {
    const to = before === undefined ? afterActivities : `${activityPrefix}${before}`
    const range = { pk: teamPk(teamId), from: activityPrefix, to, isNewestFirst: true, limit: limit + 1 }
    const items = await queryItems(this.table, range)
    return items
      .filter(({ sk }) => sk !== to)
      .slice(0, limit)
      .map((item) => {
        const { sk, activity, ofVersion } = readable('activity', item)
        const version = typeof ofVersion === 'number' ? { version: ofVersion } : {}
        return { ...(activity as Activity), actId: actIdOf(String(sk)), ...version }
      })
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

/** The places of asked entries among the acts. */
export function activityItems(entries: readonly Entry[]): readonly CopyItem[] {
  return entries.flatMap((entry) => {
    const activity = activityOf(entry)
    if (activity === undefined) return []
    const { teamId, version } = entry
    return [{ ...activityKey(teamId, activity.at, { version }), ofVersion: version, activity }]
  })
}
