import type { Service } from './service.ts'

/** The meters of the usual team, with the quantity of one piece of work on each, in base units. */
export const usualWork = [
  { meter: 'automation-autocad', quantity: 437 },
  { meter: 'automation-revit', quantity: 1_265 },
  { meter: 'model-derivative-complex-job', quantity: 1 },
  { meter: 'model-derivative-basic', quantity: 12_345 },
] as const

/** Start of the bench: the launch's rate card is in force, and no month ends during a run. */
export const startsAt = '2026-06-15T10:00:00Z'
const purchasedAt = ['2026-03-02T08:15:27Z', '2026-04-17T13:40:51Z', '2026-06-02T09:05:12Z'] as const

export const appOf = (teamId: string): string => `${teamId}-viewer`

/** A team with a hub and one app. `lots` are token amounts, bought in spring; without lots the plan is free. */
export async function makeTeam(service: Service, teamId: string, lots: readonly number[]): Promise<void> {
  const appId = appOf(teamId)
  service.clock.set('2026-03-01T09:00:00Z')
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await service.call('registerTeam', { teamId }, { name: `The ${teamId} team`, ...profile })
  await service.call('registerApp', { appId }, { teamId, name: 'Viewer' })
  await service.call('createHub', { teamId }, { name: 'Hub' })
  await service.call('choosePlan', { teamId }, { plan: lots.length > 0 ? 'paid' : 'free' })
  await service.call('moveApps', { teamId }, { appIds: [appId] })
  for (const [index, tokens] of lots.entries()) {
    service.clock.set(purchasedAt[index % purchasedAt.length] ?? startsAt)
    await service.call('purchaseTokens', { teamId }, { purchaseId: `order-2026-${1_000 + index}`, tokens })
  }
  service.clock.set(startsAt)
}

/** The usual team: three lots, remainders on four meters, and two jobs that run during the whole bench. */
export async function makeUsualTeam(service: Service, teamId: string): Promise<void> {
  await makeTeam(service, teamId, [5_000, 2_000, 12_000])
  const appId = appOf(teamId)
  for (const [index, { meter, quantity }] of usualWork.entries()) {
    const authorizationId = `${teamId}-earlier-${index}`
    const isRunningOn = index < 2
    await service.authorize({
      authorizationId,
      appId,
      meter,
      quantity,
      ...(isRunningOn && { holdSeconds: 86_400 }),
    })
    if (isRunningOn)
      await service.call('captureAuthorization', { authorizationId }, { used: 100 + index, final: false })
    else await service.capture(authorizationId, quantity)
  }
}

/** The request of the n-th authorization of a run; it cycles through the meters. */
export function workOf(index: number): (typeof usualWork)[number] {
  const work = usualWork[index % usualWork.length]
  if (work === undefined) throw new Error('there is no work')
  return work
}
