import { isDeepStrictEqual } from 'node:util'
import type { OnboardingAnswer } from '../../contract/get-onboarding.ts'
import { getOnboarding as call } from '../../contract/get-onboarding.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { RefusalAnswer } from '../../contract/refusal.ts'
import { type Account, termsAt } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { type App, complianceOf, type Missing } from '../../core/migration/compliance.ts'
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
import { readVersions } from '../store/versions.ts'

/** Members of a team that has invited somebody: the first admin, and one more. */
const invitedMembers = 2

/** Shows the team's progress in the move, the steps that are left and why, and whether and until when each app works. */
export function getOnboarding(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, language }): Promise<Outcome> => {
    const { teamId } = params
    const [stored, team, versions, catalog] = await Promise.all([
      deps.operations.load(teamId),
      deps.teams.find(teamId),
      readVersions(deps.table, teamId),
      deps.catalog.read(),
    ])
    if (stored === undefined) return notFound
    const now = Math.max(deps.clock.now(), stored.at)
    const { account } = advance(stored, now, catalog)
    const seen: Seen = {
      states: {
        inHub: stateOf(true, { account, now, catalog, language }),
        outside: stateOf(false, { account, now, catalog, language }),
      },
      limits: account.limits,
      plan: termsAt(account, now).plan,
      hubName: team?.hubName,
    }
    // Apps and members may be thousands of items. Their version says if they have changed.
    return {
      dependsOn: { seen, setup: versions.setup },
      load: async () => {
        const [apps, members] = await Promise.all([deps.apps.ofTeam(teamId), deps.members.list(teamId)])
        return onboardingToJson(seen, { apps, members: members.length, language })
      },
    }
  })
}

/** The state of all apps in the hub, or of all outside it: nothing else about an app matters where no meter is asked for. */
interface AppState {
  readonly missing: readonly Missing[]
  readonly stopsAt: string | undefined
  readonly refusal: RefusalAnswer | undefined
}

/** The content of the answer without the apps. */
interface Seen {
  readonly states: Readonly<Record<'inHub' | 'outside', AppState>>
  readonly limits: Account['limits']
  readonly plan: ReturnType<typeof termsAt>['plan']
  readonly hubName: string | undefined
}

interface Moment {
  readonly account: Account
  readonly now: Instant
  readonly catalog: Catalog
  readonly language: Language
}

function stateOf(isInHub: boolean, { account, now, catalog, language }: Moment): AppState {
  const app: App = { appId: '', teamId: account.teamId, name: '', isInHub }
  const { missing, stopsAt } = complianceOf(app, account, now, catalog)
  const refusal = appRefusal(account, isInHub, now, catalog)
  return {
    missing,
    stopsAt: stopsAt === undefined ? undefined : instantToJson(stopsAt),
    refusal: refusal && denialToJson(refusal, language),
  }
}

interface Read {
  readonly apps: readonly App[]
  readonly members: number
  readonly language: Language
}

function onboardingToJson(seen: Seen, { apps, members, language }: Read): OnboardingAnswer {
  const done: Record<OnboardingStep, boolean> = {
    'choose-plan': seen.plan !== 'none',
    'create-hub': seen.hubName !== undefined,
    'invite-members': members >= invitedMembers,
    'register-app': apps.length > 0,
    'move-apps': apps.length > 0 && apps.every((app) => app.isInHub),
  }
  const missing = missingSteps(done)
  const { inHub, outside } = seen.states
  const states = [true, false].flatMap((isInHub) =>
    apps.some((app) => app.isInHub === isInHub) ? [isInHub ? inHub : outside] : [],
  )
  const refusals = states.flatMap(({ refusal }) => refusal ?? [])
  const distinct = refusals.filter((refusal, index) => refusals.findIndex(isSame(refusal)) === index)
  return {
    steps: onboardingSteps.map((step) => ({
      step,
      done: done[step],
      ...(isOptional(step) && { optional: true }),
      ...(!done[step] && onboardingText(step, language, missing)),
      ...(!done[step] && !isOptional(step) && { missing: [...missing] }),
    })),
    refusals: distinct,
    apps: apps.map((app) => appToJson(app, seen, distinct)),
  }
}

const isSame = (refusal: RefusalAnswer) => (other: RefusalAnswer) => isDeepStrictEqual(refusal, other)

function appToJson(
  { appId, name, isInHub }: App,
  { states, limits }: Seen,
  refusals: readonly RefusalAnswer[],
): OnboardingAnswer['apps'][number] {
  const { missing, stopsAt, refusal } = isInHub ? states.inHub : states.outside
  return {
    appId,
    name,
    inHub: isInHub,
    works: refusal === undefined,
    ...(missing.length > 0 && { missing: [...missing] }),
    stopsAt,
    ...(refusal !== undefined && {
      refusal: { code: refusal.code, index: refusals.findIndex(isSame(refusal)) },
    }),
    limits: limits
      .filter((limit) => limit.appId === appId)
      .map(({ meter, perPeriod, used }) => ({ meter, perPeriod, used })),
  }
}
