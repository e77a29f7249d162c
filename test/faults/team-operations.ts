import { routes } from '../../contract/routes.ts'
import type { DeployedFunction } from '../../lib/functions.ts'
import { callOperations, withoutTable } from './call-operations.ts'
import { functionOperations } from './function-operations.ts'
import type { Operation } from './operation.ts'

/** Every call and every function, or the reason why one is missing: what is new must be named here. */
export const operations: readonly Operation[] = [...callOperations, ...functionOperations]

/** Calls and functions that no row stands for. */
export function uncovered(functionNames: readonly DeployedFunction[]): readonly string[] {
  const covered = new Set<string>(operations.map(({ covers }) => covers))
  const behindRoutes = new Set<string>(routes.map((route) => route.function))
  const all = [
    ...routes.map(({ operationId }) => operationId).filter((id) => !withoutTable.has(id)),
    ...functionNames.filter((name) => !behindRoutes.has(name) && !withoutTable.has(name)),
  ]
  return all.filter((name) => !covered.has(name))
}
