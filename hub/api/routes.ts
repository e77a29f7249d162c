import type { Route } from '../../contract/route.ts'
import { routes } from '../../contract/routes.ts'

/** The calls that the page uses: those of people, and those of operators. */
export type OperationId = Extract<
  (typeof routes)[number],
  { readonly function: 'hub' | 'ops' | 'health' }
>['operationId']

const routeById = new Map<string, Route>(routes.map((route) => [route.operationId, route]))

/** Returns the method and path of a call. */
export function routeOf(id: OperationId): Route {
  const route = routeById.get(id)
  if (route === undefined) throw new Error(`${id} is not a call of the contract`)
  return route
}
