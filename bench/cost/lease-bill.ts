import { functions } from '../../lib/functions.ts'
import type { LeaseLoad } from '../model/leases.ts'
import { likely } from './assumptions.ts'
import { billOf, type Quantities, totalUsd } from './bill.ts'

const gigabyte = 1e9
const megabytesPerGigabyte = 1_024
/** DynamoDB adds these bytes to every item, in the table and in each index that contains the item. */
const itemOverheadBytes = 100
/** Sizes of a line of metrics, of a call and of a consumer. */
const metricLineBytes = 400
const consumers = 2
/** In the month in which it is written, an entry is stored for half a month. */
const monthsStored = 0.5

/**
 * The cost of a million calls through the client, by the prices and assumptions of the bill: requests, functions, units, stream
 * consumers, logs, traces, the archive and the first month of storage. Each entry is taken to start both consumers for itself,
 * which is more than any stream does.
 */
export function leaseUsdPerMillion(load: LeaseLoad): number {
  return totalUsd(billOf(quantitiesOf(load))) / (load.allowed / 1e6)
}

function quantitiesOf({ requests, settlements, followers, ...load }: LeaseLoad): Quantities {
  const background = load.entries * consumers
  const invocations = requests + background
  const ofCalls = requests * likely.writingMs * functions['settle-usage'].memoryMegabytes
  const ofConsumers = background * likely.backgroundMs * functions['on-account-changed'].memoryMegabytes
  const stored = (load.storedBytes + load.entries * itemOverheadBytes) / gigabyte
  const archived = load.archivedBytes / gigabyte
  return {
    writeUnits: settlements.writeUnits + followers.writeUnits,
    readUnits: settlements.readUnits + followers.readUnits,
    // Each entry is stored twice: in the table, and in the index of the journal.
    storedGigabytes: stored * 2 * monthsStored,
    recoverableGigabytes: stored * monthsStored,
    invocations,
    gigabyteSeconds: (ofCalls + ofConsumers) / 1_000 / megabytesPerGigabyte,
    httpRequests: requests,
    logGigabytes: (invocations * metricLineBytes + requests * likely.accessLogBytes) / gigabyte,
    traces: invocations * likely.tracedShare,
    archivedGigabytes: archived,
    objectGigabytes: archived * monthsStored,
    dimensionedMetrics: 0,
    busEvents: 0,
    stateTransitions: 0,
    objectPuts: 0,
    people: 0,
    machineTokens: 0,
  }
}
