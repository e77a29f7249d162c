import { hubOperations } from './hub-operations.ts'
import { meteringOperations } from './metering-operations.ts'
import type { Operation } from './operation.ts'
import { opsOperations } from './ops-operations.ts'
import type { OperationId } from './routes.ts'

/** Every call of the contract with what it answers; only the one that serves this description has none. */
export const operations: Readonly<Record<Exclude<OperationId, 'getOpenApi'>, Operation>> = {
  ...meteringOperations,
  ...hubOperations,
  ...opsOperations,
}
