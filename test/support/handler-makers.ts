import { readdirSync } from 'node:fs'
import { type OperationId, routes } from '../../contract/routes.ts'
import type { SendWebhook } from '../../lambdas/delivery/send-webhook.ts'
import type { WebhookSecrets } from '../../lambdas/delivery/webhook-secrets.ts'
import type { RouteHandler } from '../../lambdas/http/make-route.ts'
import type { TeamDeps } from '../../lambdas/runtime/team-deps.ts'

/** Makes the handler of one call. Calls on webhooks also need the secrets, and a way to reach receivers. */
export type MakeHandler = (deps: TeamDeps, secrets: WebhookSecrets, send?: SendWebhook) => RouteHandler

const folder = new URL('../../lambdas/api/', import.meta.url)
let loaded: Promise<ReadonlyMap<string, MakeHandler>> | undefined

/**
 * Finds the exported function with the operation's name in a file of `lambdas/api`. The first call loads all
 * files. They read the environment, so it must be set by then. Throws when there is no such function.
 */
export async function makerOf(operationId: string): Promise<MakeHandler> {
  loaded ??= loadMakers()
  const make = (await loaded).get(operationId)
  if (make === undefined) throw new Error(`no file of lambdas/api exports ${operationId}`)
  return make
}

async function loadMakers(): Promise<ReadonlyMap<string, MakeHandler>> {
  const ids = new Set<string>(routes.map(({ operationId }): OperationId => operationId))
  const makers = new Map<string, MakeHandler>()
  for (const file of readdirSync(folder)) {
    const made: Record<string, unknown> = await import(new URL(file, folder).pathname)
    for (const [name, value] of Object.entries(made))
      if (ids.has(name)) makers.set(name, value as MakeHandler)
  }
  return makers
}
