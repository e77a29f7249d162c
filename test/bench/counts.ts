import type { Counts } from '../../bench/cost/operation-counts.ts'

/* Simple counts for tests of figures that are computed from them. */

const nothing = { requests: 0, writeUnits: 0, readUnits: 0, logBytes: 0 }
export const counts: Counts = {
  authorization: { requests: 1, writeUnits: 5, readUnits: 0, logBytes: 100 },
  capture: { requests: 2, writeUnits: 5, readUnits: 1, logBytes: 100 },
  refusal: { requests: 2, writeUnits: 0, readUnits: 2, logBytes: 0 },
  usageRequest: { requests: 6, writeUnits: 1_510, readUnits: 0, logBytes: 0 },
  poll: { requests: 3, writeUnits: 0, readUnits: 3, logBytes: 0, ownReadUnits: 2 },
  usage: { requests: 2, writeUnits: 0, readUnits: 3, logBytes: 0 },
  sweptTeam: nothing,
  usageView: nothing,
  publisher: nothing,
  largeUsageView: nothing,
  largePublisher: nothing,
  archiving: { requests: 4, writeUnits: 3, readUnits: 1, logBytes: 0 },
  delivery: nothing,
  storedEntryBytes: 500,
  archivedEntryBytes: 400,
  objectEntryBytes: 50,
  usual: { writeUnits: 6, readUnits: 2, storedBytes: 100 },
}
