import * as v from 'valibot'
import { type SettlementRow, settlementRows } from '../../../contract/settlement-row.ts'
import { parseUsageEvent } from '../../../contract/usage-event.ts'
import { metersInsteadOf, statusAt } from '../../../core/catalog/names.ts'
import { rejectionOf, type UsageEvent } from '../../../core/commands/record-usage.ts'
import { askedIds, capturedIds, type SettledResult, type SettledRow } from '../../../core/commands/settle.ts'
import { deny } from '../../../core/funding/denial.ts'
import type { Authorization } from '../../../core/journal/entry.ts'
import { badRequest, type Problem } from '../../../lambdas/http/outcome.ts'
import { settledToJson } from '../../../lambdas/http/settlement-json.ts'
import type { Team } from './team.ts'

const requestContext = { requestId: 'r', language: 'en', path: '/v1/settlements' } as const

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly settled?: Settlement
}

/** A row and its place in the request. */
interface Placed {
  readonly index: number
  readonly row: SettledRow
}

/** A settlement that was carried out: its rows, their results, and the teams that they name. */
export interface Settlement {
  readonly rows: readonly SettlementRow[]
  readonly results: readonly RowJson[]
  readonly teamIds: readonly (string | undefined)[]
}

export type RowJson = ReturnType<typeof settledToJson>

/**
 * The calls of services on teams in memory. Requests are read by the schemas of the contract, decided by `core` and
 * written by the mappers of the real functions; only the table is missing, so no race is ever lost.
 */
export class Server {
  readonly teams: readonly Team[]

  constructor(teams: readonly Team[]) {
    this.teams = teams
  }

  /** Carries out one request at an instant. Rows and events of a team in `busy` are not carried out. */
  handle(
    path: string,
    body: string,
    at: { readonly now: number; readonly busy: ReadonlySet<string> },
  ): Answer {
    for (const team of this.teams) team.passTo(at.now)
    const sent: unknown = JSON.parse(body)
    if (path === '/v1/settlements') return this.settle(sent, at.busy)
    if (path === '/v1/usage') return this.record(sent, at)
    return { status: 404, body: { status: 404, title: 'Not found' } }
  }

  private settle(sent: unknown, busy: ReadonlySet<string>): Answer {
    const { rows } = v.parse(settlementRows, sent)
    const results: RowJson[] = []
    const teamIds: (string | undefined)[] = []
    const byTeam = new Map<Team, Placed[]>()
    const taken = new Map<string, Team>()
    for (const [index, row] of rows.entries()) {
      const team = this.teamOf(row, taken)
      teamIds[index] = team?.teamId
      const fault = row.kind === 'authorization' ? this.faultOf(row.meter, row.authorizationId) : undefined
      if (fault !== undefined) results[index] = settledToJson(fault, requestContext)
      else if (team === undefined) results[index] = unknownRow(row)
      else byTeam.set(team, [...(byTeam.get(team) ?? []), { index, row: toRow(row) }])
    }
    for (const [team, own] of byTeam) {
      const settled = busy.has(team.teamId) ? own.map(() => busyRow()) : this.settleTeam(team, own)
      for (const [position, { index }] of own.entries()) results[index] = settled[position] ?? busyRow()
    }
    return { status: 200, body: { results }, settled: { rows, results, teamIds } }
  }

  /** The team of a row. A capture may name an authorization that an earlier row of the request asks for. */
  private teamOf(row: SettlementRow, taken: Map<string, Team>): Team | undefined {
    const { authorizationId } = row
    const team =
      row.kind === 'authorization'
        ? this.teams.find(({ apps }) => apps.has(row.appId))
        : (taken.get(authorizationId) ?? this.teams.find((each) => each.authorizations.has(authorizationId)))
    if (team === undefined) return undefined
    taken.set(authorizationId, team)
    if (row.kind === 'capture' && row.renew !== undefined) taken.set(row.renew.authorizationId, team)
    return team
  }

  /** The 400 for a meter that is unknown or has ended, unless its authorization was allowed before. */
  private faultOf(meter: string, authorizationId: string): Problem | undefined {
    const [{ catalog, now } = { catalog: undefined, now: 0 }] = this.teams
    if (catalog === undefined || this.teams.some(({ grants }) => grants.has(authorizationId)))
      return undefined
    const status = statusAt(catalog, meter, now)
    if (status === 'unknown') return badRequest({ pointer: '/meter', message: 'unknownMeter' })
    if (status !== 'ended') return undefined
    const facts = { meter, meters: metersInsteadOf(catalog, meter, now) }
    return { problem: 'METER_ENDED', facts, faults: [{ pointer: '/meter', message: 'endedMeter' }] }
  }

  private settleTeam(team: Team, own: readonly Placed[]): readonly RowJson[] {
    const { context, apps, grants, authorizations } = team
    const planned = own.map(({ row }) => this.plan(row, authorizations))
    const command = { kind: 'settle', rows: planned.map(({ row }) => row) } as const
    const asked = askedIds(command)
    const decided = team.run(command, {
      ...context,
      apps,
      grants: some(grants, asked),
      authorizations: some(authorizations, [...asked, ...capturedIds(command)]),
    })
    if ('refused' in decided) throw new Error('a settlement is never refused')
    return decided.answer.map((result, position) => {
      const renewFault = planned[position]?.renewFault
      const found = { ...result, teamId: team.teamId, ...(renewFault && { renewFault }) }
      return settledToJson(found, requestContext)
    })
  }

  /** A capture whose renewal cannot be asked for is carried out without it. */
  private plan(row: SettledRow, authorizations: ReadonlyMap<string, Authorization>) {
    if (row.kind === 'authorize' || row.renew === undefined) return { row }
    const { renew, ...capture } = row
    const meter = authorizations.get(row.authorizationId)?.meter
    const renewFault = meter === undefined ? undefined : this.faultOf(meter, renew.authorizationId)
    return renewFault === undefined ? { row } : { row: capture, renewFault }
  }

  private record(sent: unknown, { now, busy }: { now: number; busy: ReadonlySet<string> }): Answer {
    const rows: readonly unknown[] = Array.isArray(sent) ? sent : [sent]
    const results = rows.map((row) => {
      const parsed = parseUsageEvent(row)
      if ('problem' in parsed) throw new Error(`a wrong event: ${JSON.stringify(parsed.problem)}`)
      const { event } = parsed
      const { id, source } = event
      const team = this.teams.find(({ apps }) => apps.has(event.appId))
      const code = team === undefined ? 'UNKNOWN_APP' : rejectionOf(event, now, team.catalog)
      if (team !== undefined && busy.has(team.teamId)) {
        const problem = { code: 'BUSY', title: 'Busy', detail: '', status: 503, retryAfterSeconds: 1 }
        return { id, source, status: 'rejected', problem }
      }
      if (team === undefined || code !== undefined)
        return { id, source, status: 'rejected', problem: { code, title: code, detail: '' } }
      return { id, source, status: recordEvent(team, event), charges: [] }
    })
    return { status: 200, body: { results } }
  }
}

function some<T>(all: ReadonlyMap<string, T>, ids: readonly string[]): ReadonlyMap<string, T> {
  return new Map(
    ids.flatMap((id) => {
      const found = all.get(id)
      return found === undefined ? [] : [[id, found] as const]
    }),
  )
}

function toRow(row: SettlementRow): SettledRow {
  if (row.kind === 'authorization') return { ...row, kind: 'authorize' }
  const { authorizationId, used, final, renew } = row
  const isFinal = final || renew !== undefined
  return { kind: 'capture', authorizationId, used, isFinal, ...(renew && { renew }) }
}

function unknownRow(row: SettlementRow): RowJson {
  const asked = { ...row, kind: 'authorize' } as const
  const result: SettledResult =
    'appId' in asked
      ? { kind: 'authorize', asked, decided: deny([{ code: 'UNKNOWN_APP' }]) }
      : { kind: 'unknown' }
  return settledToJson(result, requestContext)
}

function busyRow(): RowJson {
  return settledToJson({ problem: 'BUSY', retryAfterSeconds: 1 }, requestContext)
}

function recordEvent(team: Team, event: UsageEvent): 'recorded' | 'duplicate' {
  const isKnown = team.entries.some(
    (entry) => entry.kind === 'usage' && entry.source === event.source && entry.id === event.id,
  )
  if (isKnown) return 'duplicate'
  team.run({ kind: 'record-usage', events: [event] }, { ...team.context, known: new Map() })
  return 'recorded'
}
