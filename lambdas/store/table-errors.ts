/** The reason why one write of a transaction was, or was not, the cause of its cancellation. */
export interface CancellationReason {
  readonly Code?: string
  /** The item that a failed condition found, in plain values. */
  readonly Item?: Record<string, unknown>
}

/** Any other error of the table, under the SDK's name for it. */
export class TableFault extends Error {
  override readonly name: string
  readonly $metadata: { readonly httpStatusCode: number }

  constructor(name: string, message: string, httpStatusCode: number) {
    super(message)
    this.name = name
    this.$metadata = { httpStatusCode }
  }
}

/** A transaction that was cancelled; its reasons are in the order of its writes. */
export class TransactionCancelled extends Error {
  override readonly name = 'TransactionCanceledException'
  readonly reasons: readonly CancellationReason[]

  constructor(message: string, reasons: readonly CancellationReason[]) {
    super(message)
    this.reasons = reasons
  }
}

/** True if a transaction was cancelled, for any reason. */
export function isCancelled(error: unknown): error is TransactionCancelled {
  return isNamed(error, 'TransactionCanceledException') && 'reasons' in error
}

/** True if the condition of a single write failed. */
export function isConditionFailed(error: unknown): boolean {
  return isNamed(error, 'ConditionalCheckFailedException')
}

/** True if there is no such table. */
export function isTableMissing(error: unknown): boolean {
  return isNamed(error, 'ResourceNotFoundException')
}

/** Errors are known by their names, because each client of the table has different classes. */
function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name
}
