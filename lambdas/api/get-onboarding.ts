import { termsAt } from '../../core/account/account.ts'
import { complianceOf } from '../../core/migration/compliance.ts'
import { type OnboardingStep, onboardingText } from '../../core/migration/onboarding-texts.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { getOnboarding as call } from '../schema/hub.ts'
import type { OnboardingAnswer } from '../schema/hub-answers.ts'
import { instantToJson } from '../schema/instant.ts'

/** How far the team has come in the move, what is left to do and why, and whether each app works now and how long. */
export function getOnboarding(deps: Deps) {
  return route(call, async ({ params, language }): Promise<Outcome> => {
    const { teamId } = params
    const [account, team, apps, catalog] = await Promise.all([
      deps.operations.load(teamId),
      deps.teams.find(teamId),
      deps.apps.ofTeam(teamId),
      deps.catalog.read(),
    ])
    if (account === undefined) return notFound
    const now = Math.max(deps.clock.now(), account.at)
    const hasPlan = termsAt(account, now).plan !== 'none'
    const hasHub = team?.hubName !== undefined
    const done: Record<OnboardingStep, boolean> = {
      'choose-plan': hasPlan,
      'create-hub': hasHub,
      'register-app': apps.length > 0,
      'move-apps': apps.length > 0 && apps.every((app) => app.isInHub),
    }
    const body: OnboardingAnswer = {
      steps: (Object.keys(done) as OnboardingStep[]).map((step) => {
        return { step, done: done[step], ...(!done[step] && onboardingText(step, language, { hasHub })) }
      }),
      apps: apps.map((app) => {
        const { missing, stopsAt } = complianceOf(app, account, now, catalog)
        const works =
          (missing === undefined || stopsAt === undefined || now < stopsAt) &&
          account.suspendedBecause === undefined
        const { appId, name } = app
        return {
          appId,
          name,
          works,
          missing,
          stopsAt: stopsAt === undefined ? undefined : instantToJson(stopsAt),
        }
      }),
    }
    return { status: 200, body }
  })
}
