/** Temporary errors of the table. It is unknown whether anything was written, so a repeat must be safe. */
const names: ReadonlySet<string> = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
  'UnreadableAnswer',
])
const networkCodes: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
])

/** Reasons for which one write of a cancelled transaction may succeed the next time. */
export const passingReasons: ReadonlySet<string | undefined> = new Set([
  'None',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
])

/** True if the same call may succeed in a moment. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } }
  // A load balancer before the table answers in its own words: then only the status is known.
  const isServers = ($metadata?.httpStatusCode ?? 0) >= 500
  return names.has(error.name) || networkCodes.has(code) || isServers
}
