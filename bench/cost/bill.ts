import priceTable from '../prices.json' with { type: 'json' }
import { callsOf, type Fleet } from './fleet.ts'
import type { Counts } from './operation-counts.ts'

export type Priced = keyof typeof priceTable.prices

/** How much of each priced thing a month takes. */
export type Quantities = Readonly<Record<Priced, number>>

export interface BillLine {
  readonly service: string
  readonly of: Priced
  readonly quantity: number
  readonly usd: number
  readonly isUnconfirmed: boolean
}

const gigabyte = 1e9
const balancesPerHour = 3_600 / 1.5
const usagesPerHour = 3_600 / 5
/** An object of the archive, as Firehose buffers them. */
const objectBytes = 64e6

/** What a month of the fleet takes, from what each operation was counted to take. */
export function quantitiesOf(fleet: Fleet, counts: Counts): Quantities {
  const authorizations = Object.values(fleet.callsByMeter).reduce(
    (sum, calls) => sum + Math.ceil(calls / fleet.callsPerAuthorization),
    0,
  )
  const usageRequests = fleet.usageEvents / fleet.eventsPerRequest
  const balances = fleet.pageHours * balancesPerHour
  const usages = fleet.pageHours * usagesPerHour
  const sweeps = fleet.teams * fleet.sweepsPerTeam
  const entries = authorizations * 2 + fleet.usageEvents
  const catchUps = entries / fleet.entriesPerCatchUp
  const writingCalls = authorizations * 2 + usageRequests
  const readingCalls = fleet.refusedCalls + balances + usages
  // Each consumer of the stream is called once for what comes together.
  const background = catchUps * 2 + sweeps + fleet.webhooks
  const times = [
    [authorizations, counts.authorization],
    [authorizations, counts.capture],
    [fleet.refusedCalls, counts.refusal],
    [usageRequests, counts.usageRequest],
    [balances, counts.balance],
    [usages, counts.usage],
    [sweeps, counts.sweptTeam],
    [catchUps, counts.usageView],
    [catchUps, counts.publisher],
    [fleet.webhooks, counts.delivery],
  ] as const
  const sum = (of: 'writeUnits' | 'readUnits' | 'logBytes') =>
    times.reduce((total, [number, count]) => total + number * count[of], 0)
  const invocations = writingCalls + readingCalls + background
  const milliseconds = (writingCalls + background) * fleet.writingMs + readingCalls * fleet.readingMs
  const archivedBytes = entries * counts.archivedEntryBytes
  return {
    writeUnits: sum('writeUnits'),
    readUnits: sum('readUnits'),
    storedGigabytes: (entries * counts.storedEntryBytes) / gigabyte,
    invocations,
    gigabyteSeconds: (milliseconds / 1_000) * (fleet.memoryMegabytes / 1_024),
    httpRequests: writingCalls + readingCalls,
    logGigabytes: (sum('logBytes') + invocations * fleet.platformLogBytes) / gigabyte,
    busEvents: fleet.toldEvents,
    stateTransitions: fleet.transitions,
    archivedGigabytes: archivedBytes / gigabyte,
    objectPuts: archivedBytes / objectBytes,
    objectGigabytes: archivedBytes / gigabyte,
  }
}

/** The usual design: each call asks, and is then put down in a transaction of three items. */
export function usualQuantities(fleet: Fleet, counts: Counts): Quantities {
  const calls = callsOf(fleet) + fleet.usageEvents
  const invocations = calls * 2
  const of = (count: keyof Counts['usual']) => calls * counts.usual[count]
  return {
    writeUnits: of('writeUnits'),
    readUnits: of('readUnits'),
    storedGigabytes: of('storedBytes') / gigabyte,
    invocations,
    gigabyteSeconds:
      ((calls * (fleet.writingMs + fleet.readingMs)) / 1_000) * (fleet.memoryMegabytes / 1_024),
    httpRequests: invocations,
    logGigabytes: (invocations * fleet.platformLogBytes) / gigabyte,
    busEvents: fleet.toldEvents,
    stateTransitions: fleet.transitions,
    archivedGigabytes: 0,
    objectPuts: 0,
    objectGigabytes: 0,
  }
}

/** What that costs, line by line. */
export function billOf(quantities: Quantities): readonly BillLine[] {
  return (Object.keys(priceTable.prices) as Priced[]).map((of) => {
    const { service, usd, per, ...rest } = priceTable.prices[of]
    const quantity = quantities[of]
    return { service, of, quantity, usd: (quantity / per) * usd, isUnconfirmed: 'unconfirmed' in rest }
  })
}

export function totalUsd(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0)
}

/** Whether a bill has grown by more than it may over the one that is kept. */
export function hasGrown(usd: number, keptUsd: number): boolean {
  return usd > keptUsd * growthMax
}
export const growthMax = 1.05
