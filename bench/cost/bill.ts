import { functions } from '../../lib/functions.ts'
import priceTable from '../prices.json' with { type: 'json' }
import type { BillLine } from './bill-line.ts'
import { fixedLines } from './fixed.ts'
import { countAuthorizations, countCalls, type Fleet } from './fleet.ts'
import type { Counts } from './operation-counts.ts'
import { pageReadsOf } from './pages.ts'

export type Priced = keyof typeof priceTable.prices

/** Quantity of each priced item in a month. */
export type Quantities = Readonly<Record<Priced, number>>

const gigabyte = 1e9
/** DynamoDB adds these bytes to every item, in the table and in each index that contains the item. */
const itemOverheadBytes = 100
/** The archive writes an object every 15 minutes, or every 64 MB. */
const objectsPerMonth = 31 * 24 * 4
const objectBytes = 64e6
/** Size of the line of metrics that a consumer writes for each batch. */
const consumerLineBytes = 210
/** Share of successful calls whose steps are logged. */
const sampledShare = 1 / 100
/** Each call of a person reads the membership. */
const membershipReadUnits = 1
const megabytesPerGigabyte = 1_024
/** Memory of the functions that a busy fleet calls, and of those that follow it. */
const callMegabytes = functions['authorize-usage'].memoryMegabytes
const backgroundMegabytes = functions['on-account-changed'].memoryMegabytes

/** Number of times that a month of the fleet performs each operation. */
export function timesOf(fleet: Fleet) {
  const { assumed } = fleet
  const authorizations = countAuthorizations(fleet)
  const pairEntries = authorizations * 2
  const usageRequests = fleet.usageEvents / fleet.eventsPerRequest
  return {
    authorizations,
    usageRequests,
    ...pageReadsOf(fleet),
    sweeps: fleet.teams * fleet.sweepsPerTeam,
    catchUps: pairEntries / assumed.entriesPerCatchUp,
    // A request with usage events causes one round for each consumer, for any number of events.
    largeCatchUps: usageRequests,
    archivings: pairEntries / assumed.entriesPerArchiving + usageRequests,
    entries: pairEntries + fleet.usageEvents,
  }
}

/** Number of calls of a month, and of runs of the functions that follow them. */
function callsOf(fleet: Fleet) {
  const times = timesOf(fleet)
  const writingCalls = times.authorizations * 2 + times.usageRequests
  const readingCalls = fleet.refusedCalls + times.balances + times.pageAnswers
  // Each consumer of the stream runs once for a group of entries. One run of the archive serves all teams.
  const background = (times.catchUps + times.largeCatchUps) * 2 + times.sweeps + fleet.webhooks
  return { writingCalls, readingCalls, background }
}

/** Seconds in which functions run in a month, for calls and in the background. */
export function functionSecondsOf(fleet: Fleet) {
  const { writingMs, readingMs, backgroundMs } = fleet.assumed
  const { writingCalls, readingCalls, background } = callsOf(fleet)
  return {
    calls: (writingCalls * writingMs + readingCalls * readingMs) / 1_000,
    background: (background * backgroundMs) / 1_000,
  }
}

/**
 * The quantities of a month of the fleet, from the counts of each operation. `month` is 1 for the first
 * month: storage grows each month, and a month is billed by the average of its hours.
 */
export function quantitiesOf(fleet: Fleet, counts: Counts, month = 1): Quantities {
  const { assumed } = fleet
  const times = timesOf(fleet)
  const operations = [
    [times.authorizations, counts.authorization],
    [times.authorizations, counts.capture],
    [fleet.refusedCalls, counts.refusal],
    [times.usageRequests, counts.usageRequest],
    [times.balances, counts.poll],
    [times.pageAnswers, counts.usage],
    [times.sweeps, counts.sweptTeam],
    [times.catchUps, counts.usageView],
    [times.catchUps, counts.publisher],
    [times.largeCatchUps, counts.largeUsageView],
    [times.largeCatchUps, counts.largePublisher],
    [times.archivings, counts.archiving],
    [fleet.webhooks, counts.delivery],
  ] as const
  const sum = (measure: 'writeUnits' | 'readUnits' | 'logBytes') =>
    operations.reduce((total, [number, count]) => total + number * count[measure], 0)
  const { writingCalls, readingCalls, background } = callsOf(fleet)
  const httpRequests = writingCalls + readingCalls
  const invocations = httpRequests + background
  const seconds = functionSecondsOf(fleet)
  const sampledBytes = httpRequests * sampledShare * assumed.sampledLineBytes
  const metricBytes = sum('logBytes') / assumed.callsPerMetricLine + background * consumerLineBytes
  const monthsStored = month - 0.5
  const tableGigabytes = (times.entries * (counts.storedEntryBytes + itemOverheadBytes)) / gigabyte
  const archivedGigabytes = (times.entries * counts.archivedEntryBytes) / gigabyte
  const objectGigabytes = (times.entries * counts.objectEntryBytes) / gigabyte
  return {
    writeUnits: sum('writeUnits'),
    readUnits: sum('readUnits') + (times.balances + times.pageAnswers) * membershipReadUnits,
    // Each entry is stored twice: in the table, and in the index of the journal.
    storedGigabytes: tableGigabytes * 2 * monthsStored,
    recoverableGigabytes: tableGigabytes * monthsStored,
    invocations,
    gigabyteSeconds:
      (seconds.calls * callMegabytes + seconds.background * backgroundMegabytes) / megabytesPerGigabyte,
    httpRequests,
    logGigabytes: (metricBytes + sampledBytes + httpRequests * assumed.accessLogBytes) / gigabyte,
    traces: invocations * assumed.tracedShare,
    dimensionedMetrics: assumed.dimensionedMetrics,
    busEvents: fleet.notifiedEvents,
    stateTransitions: fleet.transitions,
    archivedGigabytes,
    objectPuts: Math.max(objectsPerMonth, (archivedGigabytes * gigabyte) / objectBytes),
    objectGigabytes: objectGigabytes * monthsStored,
    people: fleet.people,
    machineTokens: assumed.machineTokens,
  }
}

/**
 * The usual design: each call checks the balance and is then recorded in a transaction of three items. The
 * estimate includes its requests, its storage without any index, and its access log. It excludes traces,
 * metrics, people and an archive.
 */
export function usualQuantities(fleet: Fleet, counts: Counts, month = 1): Quantities {
  const { assumed } = fleet
  const calls = countCalls(fleet) + fleet.usageEvents
  const invocations = calls * 2
  const total = (count: keyof Counts['usual']) => calls * counts.usual[count]
  const milliseconds = calls * (assumed.writingMs + assumed.readingMs)
  const stored = (total('storedBytes') + calls * itemOverheadBytes) / gigabyte
  return {
    writeUnits: total('writeUnits'),
    readUnits: total('readUnits'),
    storedGigabytes: stored * (month - 0.5),
    recoverableGigabytes: stored * (month - 0.5),
    invocations,
    gigabyteSeconds: (milliseconds / 1_000) * (callMegabytes / megabytesPerGigabyte),
    httpRequests: invocations,
    logGigabytes: (invocations * assumed.accessLogBytes) / gigabyte,
    traces: 0,
    dimensionedMetrics: 0,
    busEvents: fleet.notifiedEvents,
    stateTransitions: fleet.transitions,
    archivedGigabytes: 0,
    objectPuts: 0,
    objectGigabytes: 0,
    people: 0,
    machineTokens: 0,
  }
}

/** The cost of the quantities, line by line, in the order of the price table. */
export function billOf(quantities: Quantities): readonly BillLine[] {
  return (Object.keys(priceTable.prices) as Priced[]).map((priced) => {
    const { service, of, usd, per, ...rest } = priceTable.prices[priced]
    const quantity = quantities[priced]
    return { service, of, quantity, usd: (quantity / per) * usd, isUnconfirmed: 'unconfirmed' in rest }
  })
}

/** A whole month's bill: the fleet's quantities, and the fixed cost of a stage. */
export function monthlyBill(fleet: Fleet, counts: Counts, month = 1): readonly BillLine[] {
  return [...billOf(quantitiesOf(fleet, counts, month)), ...fixedLines()]
}

export function totalUsd(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0)
}

/** True if a bill exceeds the stored one by more than the limit. */
export function hasGrown(usd: number, keptUsd: number): boolean {
  return usd > keptUsd * growthMax
}
export const growthMax = 1.05
