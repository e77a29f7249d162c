import { createClient, type TollgateClient } from '../../client/client.ts'
import { type LocalApp, registerTeam } from './local-app.ts'

export const basic = 'model-derivative-basic'
export const complexJobs = 'model-derivative-complex-job'
export const simpleJobs = 'model-derivative-simple-job'

/** Base units of a meter, of a team on the free plan. */
export interface FreeUse {
  readonly used: number
  readonly held: number
}

/** A team whose app may call, on the free plan. */
export async function startFreeTeam(app: LocalApp, teamId: string, appId: string): Promise<void> {
  const hub = `hub:${teamId}`
  await registerTeam(app, teamId, [appId])
  await app.call(hub, 'PUT', `/v1/teams/${teamId}/plan`, { plan: 'free' })
  await app.call(hub, 'PUT', `/v1/teams/${teamId}/hub`, { name: 'Hub' })
  await app.call(hub, 'POST', `/v1/teams/${teamId}/hub/apps`, { appIds: [appId] })
}

/** The same team on the paid plan, with 100 tokens. */
export async function startFlexTeam(app: LocalApp, teamId: string, appId: string): Promise<void> {
  await startFreeTeam(app, teamId, appId)
  await app.call(`hub:${teamId}`, 'PUT', `/v1/teams/${teamId}/plan`, { plan: 'paid', payAsYouGo: false })
  await buyTokens(app, teamId, 'first')
}

export async function buyTokens(app: LocalApp, teamId: string, purchaseId: string): Promise<void> {
  const path = `/v1/teams/${teamId}/token-purchases`
  await app.call(`hub:${teamId}`, 'POST', path, { purchaseId, tokens: 100 })
}

/** Reports use without an authorization. */
export async function reportUse(
  app: LocalApp,
  appId: string,
  data: { readonly meter: string; readonly quantity: number },
): Promise<void> {
  const time = new Date().toISOString()
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', subject: appId, time, data }
  await app.call('meter', 'POST', '/v1/usage', [{ ...event, id: `${appId}-${data.quantity}` }])
}

export async function freeUse(app: LocalApp, teamId: string, meter: string): Promise<FreeUse> {
  const { free } = await app.call(`hub:${teamId}`, 'GET', `/v1/teams/${teamId}/balance`)
  const rows = free as readonly (FreeUse & { readonly meter: string })[]
  const row = rows.find((each) => each.meter === meter)
  return { used: row?.used ?? 0, held: row?.held ?? 0 }
}

/** A client of a local runtime. */
export async function connect(app: LocalApp): Promise<TollgateClient> {
  const { token } = await app.call('local', 'POST', '/local/tokens', { scopes: ['aps:meter'] })
  return createClient({ baseUrl: app.runtime.url, token: String(token) })
}
