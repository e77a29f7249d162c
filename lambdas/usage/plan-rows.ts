import type { SettlementRow } from '../../contract/settlement-row.ts'
import type { SettledResult, SettledRow } from '../../core/commands/settle.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import type { App } from '../../core/migration/compliance.ts'
import { notFound, type Problem } from '../http/outcome.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'
import { askedFault, unknownApp } from './authorizing.ts'

/** The result of a row: that of its command, or the reason why it was not carried out. */
export type RowResult = Problem | (SettledResult & ResultFacts)

interface ResultFacts {
  /** Absent for an unknown app or authorization. */
  readonly teamId?: string
  readonly renewFault?: Problem
}

/** A row that is ready to be decided on its team's account. */
export interface Planned {
  readonly index: number
  readonly teamId: string
  readonly row: SettledRow
  /** The reason why the authorization of a renewal cannot be asked for; the capture is carried out without it. */
  readonly renewFault?: Problem
}

export interface Plan {
  readonly planned: readonly Planned[]
  /** The captured authorizations, as they were read. */
  readonly authorizations: ReadonlyMap<string, Authorization>
  /** The results of the rows that are not carried out, by index. */
  readonly results: Map<number, RowResult>
}

type CaptureRow = Extract<SettlementRow, { readonly kind: 'capture' }>
type AuthorizationRow = Extract<SettlementRow, { readonly kind: 'authorization' }>

/** The team and the meter of an authorization that a row captures: of a stored one, or of one that an earlier row asks for. */
interface Captured {
  readonly teamId: string
  readonly meter: string
}

/** Finds the team of each row, with the apps and authorizations that they name, and sorts out the rows that cannot be carried out. */
export async function planRows(deps: MeterDeps, rows: readonly (SettlementRow | Problem)[]): Promise<Plan> {
  const valid = rows.filter((row) => 'kind' in row)
  const captures = valid.flatMap((row) => (row.kind === 'capture' ? row.authorizationId : []))
  const [stored, apps] = await Promise.all([
    deps.journal.authorizations(captures),
    deps.apps.findAll(valid.flatMap((row) => (row.kind === 'authorization' ? row.appId : []))),
  ])
  const known = new Map<string, Captured>(
    [...stored].map(([id, { teamId, authorization }]) => [id, { teamId, meter: authorization.meter }]),
  )
  const planned: Planned[] = []
  const results = new Map<number, RowResult>()
  for (const [index, row] of rows.entries()) {
    const made =
      'problem' in row
        ? row
        : row.kind === 'capture'
          ? await planCapture(deps, row, known)
          : await planAuthorization(deps, row, apps)
    if (!('row' in made)) {
      results.set(index, made)
      continue
    }
    planned.push({ index, ...made })
    remember(known, made)
  }
  const authorizations = new Map([...stored].map(([id, { authorization }]) => [id, authorization]))
  return { planned, authorizations, results }
}

/** A later row may capture what this one asks for. */
function remember(known: Map<string, Captured>, { teamId, row }: Omit<Planned, 'index'>): void {
  if (row.kind === 'authorize') {
    if (!known.has(row.authorizationId)) known.set(row.authorizationId, { teamId, meter: row.meter })
    return
  }
  const captured = known.get(row.authorizationId)
  if (row.renew !== undefined && captured !== undefined && !known.has(row.renew.authorizationId))
    known.set(row.renew.authorizationId, captured)
}

async function planAuthorization(
  deps: MeterDeps,
  { kind: _, ...row }: AuthorizationRow,
  apps: ReadonlyMap<string, App>,
): Promise<Omit<Planned, 'index'> | RowResult> {
  const fault = await askedFault(deps, row)
  if (fault !== undefined) return fault
  const asked = { kind: 'authorize', ...row } as const
  const app = apps.get(asked.appId)
  if (app !== undefined) return { teamId: app.teamId, row: asked }
  return { kind: 'authorize', asked, decided: await unknownApp(deps, asked.authorizationId) }
}

async function planCapture(
  deps: MeterDeps,
  { authorizationId, used, final, renew }: CaptureRow,
  known: ReadonlyMap<string, Captured>,
): Promise<Omit<Planned, 'index'> | RowResult> {
  const captured = known.get(authorizationId)
  if (captured === undefined) return notFound
  const { teamId, meter } = captured
  const capture = { kind: 'capture', authorizationId, used, isFinal: final || renew !== undefined } as const
  if (renew === undefined) return { teamId, row: capture }
  const renewFault = await askedFault(deps, { authorizationId: renew.authorizationId, meter })
  return renewFault === undefined
    ? { teamId, row: { ...capture, renew } }
    : { teamId, row: capture, renewFault }
}
