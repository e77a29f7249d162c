import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import type { Mapping } from '../wiring.ts'
import type { DeadLetters } from './dead-letters.ts'

const backoffMillisecondsMax = 1_000

/** Cause of records that their function reported as failed, without an error. */
export const reportedCause = 'reported'

const BatchResult = v.object({
  batchItemFailures: v.array(v.object({ itemIdentifier: v.nullish(v.string()) })),
})

export interface StreamRecord {
  readonly dynamodb: { readonly SequenceNumber: string }
}

export interface DeliveryParts {
  readonly mapping: Mapping
  readonly invoke: (event: unknown) => Promise<unknown>
  readonly deadLetters: DeadLetters
}

/**
 * Sends one batch to the function, in order, as an event source mapping does. Failed records are sent again,
 * in halves when the function threw, at most `retriesMax` times. Then they go to the dead letters. Never
 * rejects.
 */
export async function deliver(
  records: readonly StreamRecord[],
  parts: DeliveryParts,
  retry = 0,
): Promise<void> {
  const { mapping, invoke, deadLetters } = parts
  const outcome = await attempt(records, mapping, invoke)
  if (outcome.rest.length === 0) return
  if (retry >= mapping.retriesMax) return deadLetters(mapping.id, outcome.cause, outcome.rest)
  await sleep(Math.min(backoffMillisecondsMax, 25 * 2 ** retry))
  const half = Math.ceil(outcome.rest.length / (outcome.hasThrown && mapping.isBisecting ? 2 : 1))
  await deliver(outcome.rest.slice(0, half), parts, retry + 1)
  if (half < outcome.rest.length) await deliver(outcome.rest.slice(half), parts, retry + 1)
}

interface Outcome {
  /** Records from the first failed one on; empty when all succeeded. */
  readonly rest: readonly StreamRecord[]
  readonly hasThrown: boolean
  readonly cause?: unknown
}

async function attempt(
  records: readonly StreamRecord[],
  mapping: Mapping,
  invoke: DeliveryParts['invoke'],
): Promise<Outcome> {
  try {
    const result = await invoke({ Records: records })
    return {
      rest: mapping.isReportingItems ? failedRest(records, result) : [],
      hasThrown: false,
      cause: reportedCause,
    }
  } catch (cause) {
    return { rest: records, hasThrown: true, cause }
  }
}

function failedRest(records: readonly StreamRecord[], result: unknown): readonly StreamRecord[] {
  if (result === undefined || result === null) return []
  const { success, output } = v.safeParse(BatchResult, result)
  if (!success) return records
  const failed = new Set(output.batchItemFailures.map((failure) => failure.itemIdentifier))
  if (failed.size === 0) return []
  const first = records.findIndex((record) => failed.has(record.dynamodb.SequenceNumber))
  // An identifier that is not in the batch fails the whole batch, as on AWS.
  return records.slice(Math.max(0, first))
}
