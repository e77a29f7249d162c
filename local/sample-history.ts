import { aoi, fjord, harborline, kumo, redwood, type SampleTeam, sampleTeams } from './sample-teams.ts'

/** Who calls: an operator, an APS service, or an admin of a team (`hub:<team id>`). */
export type SampleCaller = 'ops' | 'meter' | `hub:${string}`

export interface SampleStep {
  readonly as: SampleCaller
  readonly method: 'PUT' | 'POST'
  readonly path: string
  readonly body: unknown
}

/** What happened at one moment of the sample teams' past. */
export interface SampleMoment {
  readonly daysAgo: number
  readonly steps: readonly SampleStep[]
}

/** The past of the sample teams, oldest first, the last moment being the present. */
export function sampleHistory(firstDaysAgo: number): SampleMoment[] {
  return [
    { daysAgo: firstDaysAgo, steps: [...sampleTeams.flatMap(foundation), purchase(kumo, 'first', 300)] },
    {
      daysAgo: 160,
      steps: [
        purchase(kumo, 'second', 1_500),
        purchase(redwood, 'first', 5_000),
        purchase(harborline, 'first', 100),
      ],
    },
    {
      daysAgo: 2,
      steps: [
        ...work(kumo, 'converter-1', 'model-derivative-complex-job', { asked: 40, used: 31 }),
        ...work(fjord, 'checker-1', 'automation-revit', { asked: 14_400, used: 9_100 }),
        ...work(harborline, 'takeoff-1', 'automation-inventor', { asked: 36_000, used: 29_000 }),
        ...work(redwood, 'catalog-1', 'model-derivative-basic', { asked: 1_000_000, used: 940_000 }),
      ],
    },
    {
      daysAgo: 0,
      steps: [
        ...work(aoi, 'viewer-1', 'model-derivative-complex-job', { asked: 18, used: 18 }),
        ...work(aoi, 'viewer-2', 'model-derivative-basic', { asked: 120_000, used: 104_250 }),
        // Still running, so a balance has something that is held.
        asking(kumo, 'converter-2', 'model-derivative-complex-job', 4),
      ],
    },
  ]
}

/** Registers a team, its people and its apps; a team with a plan also has its hub, with its apps in it. */
function foundation(sample: SampleTeam): SampleStep[] {
  const { teamId, name, country, paymentMethod, plan, admin, developer, apps } = sample
  const team = `/v1/teams/${teamId}`
  const as: SampleCaller = `hub:${teamId}`
  const registered: SampleStep[] = [
    {
      as: 'ops',
      method: 'PUT',
      path: team,
      body: { name, country, paymentMethod, standing: 'good', admin },
    },
    {
      as,
      method: 'PUT',
      path: `${team}/members/${developer.memberId}`,
      body: { email: developer.email, role: 'developer' },
    },
    ...apps.map((app): SampleStep => {
      return { as: 'ops', method: 'PUT', path: `/v1/apps/${app.appId}`, body: { teamId, name: app.name } }
    }),
  ]
  if (plan.plan === 'none') return registered
  return [
    ...registered,
    { as, method: 'PUT', path: `${team}/plan`, body: plan },
    { as, method: 'PUT', path: `${team}/hub`, body: { name: `${teamId}-hub` } },
    { as, method: 'POST', path: `${team}/hub/apps`, body: { appIds: apps.map((app) => app.appId) } },
  ]
}

function purchase({ teamId }: SampleTeam, number: string, tokens: number): SampleStep {
  const body = { purchaseId: `sample-${teamId}-${number}`, tokens }
  return { as: `hub:${teamId}`, method: 'POST', path: `/v1/teams/${teamId}/token-purchases`, body }
}

function work(
  team: SampleTeam,
  id: string,
  meter: string,
  quantity: { asked: number; used: number },
): SampleStep[] {
  const asked = asking(team, id, meter, quantity.asked)
  const path = `/v1/authorizations/sample-${id}/captures`
  return [asked, { as: 'meter', method: 'POST', path, body: { used: quantity.used, final: true } }]
}

function asking({ apps }: SampleTeam, id: string, meter: string, quantity: number): SampleStep {
  const body = {
    authorizationId: `sample-${id}`,
    appId: apps[0]?.appId,
    meter,
    quantity,
    holdSeconds: 86_400,
  }
  return { as: 'meter', method: 'POST', path: '/v1/authorizations', body }
}
