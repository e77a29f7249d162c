import type { OnboardingAnswer } from '../../contract/get-onboarding.ts'
import { getOnboarding as call } from '../../contract/get-onboarding.ts'
import { instantToJson } from '../../contract/instant.ts'
import { type Account, termsAt } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { type App, complianceOf } from '../../core/migration/compliance.ts'
import { appRefusal } from '../../core/preview/outlook.ts'
import {
  isOptional,
  missingSteps,
  type OnboardingStep,
  onboardingSteps,
  onboardingText,
} from '../../core/texts/onboarding-texts.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import { denialToJson } from '../http/denial-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Members of a team that has invited somebody: the first admin, and one more. */
const invitedMembers = 2

/** Shows the team's progress in the move, the steps that are left and why, and whether and until when each app works. */
export function getOnboarding(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, language }): Promise<Outcome> => {
    const { teamId } = params
    const [stored, team, apps, members, catalog] = await Promise.all([
      deps.operations.load(teamId),
      deps.teams.find(teamId),
      deps.apps.ofTeam(teamId),
      deps.members.list(teamId),
      deps.catalog.read(),
    ])
    if (stored === undefined) return notFound
    const now = Math.max(deps.clock.now(), stored.at)
    const { account } = advance(stored, now, catalog)
    // Computed once for each kind of app, because a team may have ten thousand apps.
    const refusals = {
      inHub: appRefusal(account, true, now, catalog),
      outside: appRefusal(account, false, now, catalog),
    }
    const done: Record<OnboardingStep, boolean> = {
      'choose-plan': termsAt(account, now).plan !== 'none',
      'create-hub': team?.hubName !== undefined,
      'invite-members': members.length >= invitedMembers,
      'register-app': apps.length > 0,
      'move-apps': apps.length > 0 && apps.every((app) => app.isInHub),
    }
    const missing = missingSteps(done)
    const body: OnboardingAnswer = {
      steps: onboardingSteps.map((step) => ({
        step,
        done: done[step],
        ...(isOptional(step) && { optional: true }),
        ...(!done[step] && onboardingText(step, language, missing)),
        ...(!done[step] && !isOptional(step) && { missing: [...missing] }),
      })),
      apps: apps.map((app) => appToJson(app, { account, now, catalog, refusals, language })),
    }
    return { status: 200, body }
  })
}

interface Seen {
  readonly account: Account
  readonly now: Instant
  readonly catalog: Catalog
  readonly refusals: Readonly<Record<'inHub' | 'outside', ReturnType<typeof appRefusal>>>
  readonly language: Language
}

function appToJson(app: App, seen: Seen): OnboardingAnswer['apps'][number] {
  const { account, now, catalog, refusals, language } = seen
  const { appId, name, isInHub } = app
  const { missing, stopsAt } = complianceOf(app, account, now, catalog)
  const refusal = isInHub ? refusals.inHub : refusals.outside
  return {
    appId,
    name,
    inHub: isInHub,
    works: refusal === undefined,
    ...(missing.length > 0 && { missing: [...missing] }),
    stopsAt: stopsAt === undefined ? undefined : instantToJson(stopsAt),
    ...(refusal !== undefined && { refusal: denialToJson(refusal, language) }),
    limits: account.limits
      .filter((limit) => limit.appId === appId)
      .map(({ meter, perPeriod, used }) => ({ meter, perPeriod, used })),
  }
}
