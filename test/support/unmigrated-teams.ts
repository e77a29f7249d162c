import type { Hub } from './browser.ts'

export const afterDeadline = '2026-01-20T09:00:00Z'

/** Registers a team in Japan with the apps `<team>-viewer` and `<team>-batch`, without a plan and not in a hub. */
export async function registerUnmigrated(hub: Hub, team: string): Promise<void> {
  const profile = { country: 'JP', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', `/v1/teams/${team}`, { name: `${team} lab`, ...profile })
  for (const app of ['viewer', 'batch'])
    await hub.call('ops', 'PUT', `/v1/apps/${team}-${app}`, { teamId: team, name: `${team} ${app}` })
}

/** Requests an authorization for an app like an APS service, and returns the answer. */
export function askFor(hub: Hub, appId: string, authorizationId: string): Promise<Record<string, unknown>> {
  const body = { authorizationId, appId, meter: 'automation-revit', quantity: 720 }
  return hub.call('meter', 'POST', '/v1/authorizations', body)
}
