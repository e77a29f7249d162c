import type { Latency } from './seeded.ts'

/*
 * The model's only assumptions about AWS. They are calibrated so that one environment that authorizes in a closed loop
 * gets about 47 allowed per second; goals are relative to that figure, not to the absolute times.
 */

/**
 * GetItem and Query take 3 to 4 ms at the median and about 10 ms at the 99th percentile; a single write is about as fast
 * (3.5 ms in the load tests published by zeroae/zae-limiter, docs/operations/load-testing.md).
 */
export const singleLatency: Latency = { medianMs: 3.5, spread: 0.45 }

/**
 * TransactWriteItems and TransactGetItems take 10 to 15 ms at the median and about 30 ms at the 99th percentile
 * (15.7 ms in the same tests, the client's part included).
 */
export const transactionLatency: Latency = { medianMs: 12, spread: 0.38 }

/** API Gateway, Lambda and the handler's own work, before and after the requests to the table together. */
export const callLatency: Latency = { medianMs: 7.8, spread: 0.3 }

/**
 * Parts of a transaction's time. It reaches the items (prepare), holds them until it is committed, and its answer travels
 * back. A transaction that a condition or a conflict cancels holds nothing, and is answered after its first phase. Two
 * phases of about the same length: Idziorek et al., "Distributed Transactions at Scale in Amazon DynamoDB", USENIX ATC 2023.
 */
export const transactionParts = { preparedAt: 0.1, cancelledAt: 0.55, committedAt: 0.9 } as const

/** Other requests reach the items after half of their time. */
export const reachedAt = 0.5

/**
 * Units a second of one partition key. Burst capacity is left out. Source: the developer guide, "Designing partition keys
 * to distribute your workload".
 */
export const keyLimits = { writeUnits: 1_000, readUnits: 3_000 } as const

/**
 * Write units for each item and started KB in a transaction. The developer guide ("Amazon DynamoDB Transactions: How it
 * works") states two underlying writes, one to prepare and one to commit, and that failed conditions consume units. It does
 * not state what a cancelled transaction costs, so the model charges it in full, except for rows of indexes.
 */
export const transactionUnitsPerKb = 2

/** Bytes for which one write unit pays. */
export const writeUnitBytes = 1_024
