import fc from 'fast-check'
import { auditTable } from '../../audit/table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { CallName } from '../../lambdas/store/table-calls.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import { findFault } from './checks.ts'
import { type FuzzRequest, fuzzRequest } from './requests.ts'

export interface FuzzOptions {
  readonly runs: number
  /** Default: a new one each time. */
  readonly seed?: number
  readonly secondsMax: number
}

export interface Fuzzed {
  readonly seed: number
  readonly runs: number
  /** The first fault with its request as small as it could be made, or undefined. */
  readonly fault?: string
  /** Number of answers of each status. */
  readonly statuses: ReadonlyMap<number, number>
}

const start = Date.parse('2027-01-25T10:00:00Z')
const secondMs = 1_000

/**
 * Sends generated requests to the handlers on an empty table, one after the other, until one gets a wrong answer or the
 * time is up. Then audits the table: every account must be what its journal says.
 */
export async function runFuzz(table: Table, { runs, seed, secondsMax }: FuzzOptions): Promise<Fuzzed> {
  let now = start
  const writes = new WriteCounter(table)
  const party = await newParty(writes.table, { now: () => now })
  await foundAcme(party)
  await authorizeJob(party)
  const statuses = new Map<number, number>()
  const property = fc.asyncProperty(fuzzRequest, async (request) => {
    now += secondMs
    const { status, fault } = await send(party, writes, request)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (fault !== undefined) throw new Error(fault)
  })
  const found = await fc.check(property, {
    numRuns: runs,
    seed,
    interruptAfterTimeLimit: secondsMax * secondMs,
    markInterruptAsFailure: false,
  })
  const fault = found.failed
    ? `${found.errorInstance}\n${fc.defaultReportMessage(found)}`
    : await auditFault(table)
  return { seed: found.seed, runs: found.numRuns, fault, statuses }
}

/** Authorizes `a1`, the authorization of captures that name no other. */
async function authorizeJob(party: Party): Promise<void> {
  const body = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-autocad', quantity: 7_200 }
  const answer = await party.call('authorizeUsage', { body })
  if (answer.body.decision !== 'allow') throw new Error(`not authorized: ${JSON.stringify(answer.body)}`)
}

async function send(party: Party, writes: WriteCounter, request: FuzzRequest) {
  writes.reset()
  const answer = await party.call(request.operationId, request.sent)
  return { status: answer.status, fault: findFault(request, answer, writes.count) }
}

async function auditFault(table: Table): Promise<string | undefined> {
  const lines: string[] = []
  await auditTable(table, { onDifference: (line) => lines.push(line) })
  return lines.length === 0 ? undefined : lines.join('\n')
}

const reads: ReadonlySet<CallName> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan'])

/** Counts the requests that can write, also those whose condition fails, where they are sent through its table. */
class WriteCounter {
  readonly table: Table
  count = 0

  constructor(table: Table) {
    this.table = {
      ...table,
      send: (name, input) => {
        if (!reads.has(name)) this.count += 1
        return table.send(name, input)
      },
    }
  }

  reset(): void {
    this.count = 0
  }
}
