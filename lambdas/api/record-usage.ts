import type { RecordedUsageAnswer, UsageAnswer, UsageResultAnswer } from '../../contract/record-usage.ts'
import { recordUsage as call } from '../../contract/record-usage.ts'
import { eventIdentity, eventProblem, parseUsageEvent } from '../../contract/usage-event.ts'
import { isKnownMeter } from '../../core/catalog/catalog.ts'
import { recordUsage as record, type UsageEvent, untimely } from '../../core/commands/record-usage.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { App } from '../../core/migration/compliance.ts'
import type { ProblemCode } from '../../core/texts/texts-model.ts'
import { chargesToJson } from '../http/charge-json.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { type Deps, openDeps } from '../runtime/deps.ts'
import { eventKey, keyText } from '../store/keys.ts'

/** Events of one transaction: with the account they stay below the hundred items that it may have. */
const eventsPerCommit = 90
const teamsAtOnce = 4

type Fate =
  | { readonly status: 'recorded'; readonly entry: Entry }
  | { readonly status: 'duplicate' }
  | { readonly code: ProblemCode }

/** Records work that was not authorized first. Each event of the batch gets its own answer. */
export function recordUsage(deps: Deps) {
  return route(call, async ({ body, language }): Promise<Outcome> => {
    const parsed = body.map((sent) => ({ sent, ...parseUsageEvent(sent, language) }))
    const events = parsed.flatMap((row) => ('event' in row ? [row.event] : []))
    const fates = await recordAll(deps, events)
    const seen = new Set<string>()
    const results = parsed.map((row): UsageResultAnswer => {
      if ('problem' in row) return { ...eventIdentity(row.sent), status: 'rejected', problem: row.problem }
      const { source, id, meter } = row.event
      const key = keyOf(row.event)
      const fate = fates.get(key)
      if (fate === undefined) throw new Error('an event was left without an answer')
      if ('code' in fate)
        return { id, source, status: 'rejected', problem: eventProblem(fate.code, language, { meter }) }
      if (fate.status === 'duplicate' || seen.has(key)) return { id, source, status: 'duplicate' }
      seen.add(key)
      return { id, source, ...recordedToJson(fate.entry) }
    })
    return { status: 200, body: { results } satisfies UsageAnswer }
  })
}

function recordedToJson(entry: Entry): Omit<RecordedUsageAnswer, 'id' | 'source'> {
  if (entry.kind !== 'usage') throw new Error(`an event was recorded as ${entry.kind}`)
  const { usage, isLate, isOverrun } = entry
  const marks = { ...(isLate && { late: true }), ...(isOverrun && { overrun: true }) }
  return { status: 'recorded', charges: chargesToJson(usage.charges), ...marks }
}

/** What became of each event, by the text of its key; an event that stands twice in a batch counts once. */
async function recordAll(deps: Deps, events: readonly UsageEvent[]): Promise<ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Fate>()
  const unique = new Map(events.toReversed().map((event) => [keyOf(event), event]))
  const inOrder = [...unique].toReversed()
  const apps = await deps.apps.findAll(inOrder.map(([, event]) => event.appId))
  await refuseSome(deps, inOrder, apps, fates)
  const byTeam = new Map<string, UsageEvent[]>()
  for (const [key, event] of inOrder) {
    const app = apps.get(event.appId)
    if (app === undefined || fates.has(key)) continue
    byTeam.set(app.teamId, [...(byTeam.get(app.teamId) ?? []), event])
  }
  const teams = [...byTeam]
  const workers = Array.from({ length: teamsAtOnce }, async () => {
    for (let next = teams.shift(); next !== undefined; next = teams.shift())
      await recordTeam(deps, ...next, fates)
  })
  await Promise.all(workers)
  return fates
}

/** Says no to what cannot be taken; an event that is known already is a duplicate, whatever else is wrong with it now. */
async function refuseSome(
  deps: Deps,
  events: readonly (readonly [string, UsageEvent])[],
  apps: ReadonlyMap<string, App>,
  fates: Map<string, Fate>,
): Promise<void> {
  let catalog = await deps.catalog.get()
  if (events.some(([, event]) => !isKnownMeter(catalog, event.meter))) catalog = await deps.catalog.read()
  const now = deps.clock.now()
  const refused = events.flatMap(([key, event]) => {
    const unknown = apps.has(event.appId) ? undefined : 'UNKNOWN_APP'
    const unmetered = isKnownMeter(catalog, event.meter) ? undefined : 'UNKNOWN_METER'
    const code: ProblemCode | undefined = unknown ?? unmetered ?? untimely(event, now)
    return code === undefined ? [] : [{ key, event, code }]
  })
  const existing = await deps.journal.existing(refused.map(({ event }) => eventKey(event.source, event.id)))
  for (const { key, code } of refused) fates.set(key, existing.has(key) ? { status: 'duplicate' } : { code })
}

async function recordTeam(
  deps: Deps,
  teamId: string,
  events: readonly UsageEvent[],
  fates: Map<string, Fate>,
): Promise<void> {
  for (let start = 0; start < events.length; start += eventsPerCommit) {
    const catalog = await deps.catalog.get()
    const some = events.slice(start, start + eventsPerCommit)
    const outcome = await deps.operations.run(teamId, catalog, (before, now, known) => {
      const entries: Entry[] = []
      const answer: [string, Fate][] = []
      let account = before
      for (const event of some) {
        const key = keyOf(event)
        if (known.has(key)) {
          answer.push([key, { status: 'duplicate' }])
          continue
        }
        const next = record(account, event, now, catalog)
        account = next.account
        entries.push(next.entry)
        answer.push([key, { status: 'recorded', entry: next.entry }])
      }
      return { account, entries, answer }
    })
    if (typeof outcome === 'string' || 'refused' in outcome) throw new Error('usage is never refused')
    for (const [key, fate] of outcome.answer) fates.set(key, fate)
  }
}

const keyOf = (event: UsageEvent): string => keyText(eventKey(event.source, event.id))

export const handler = recordUsage(openDeps())
