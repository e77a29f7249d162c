import * as v from 'valibot'
import { authorizationRefusals } from '../core/refusal.ts'
import { onboardingSteps } from '../core/texts/onboarding-texts.ts'
import type { Call } from './call.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { refusalAnswer } from './refusal.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/onboarding',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getOnboarding',
} as const satisfies Route

export const getOnboarding = { route, params: teamParams } as const satisfies Call

const onboardingStepAnswer = v.pipe(
  v.object({
    step: v.picklist(onboardingSteps),
    done: v.boolean(),
    /** This step is optional: apps work without it. */
    optional: v.optional(v.boolean()),
    why: v.optional(v.string()),
    todo: v.optional(v.string()),
    /** All required steps that are not done, in their order: apps need every one of them. */
    missing: v.optional(v.pipe(v.array(v.picklist(onboardingSteps)), v.minLength(1))),
  }),
  v.title('OnboardingStep'),
)

const appLimitUseAnswer = v.pipe(
  v.object({ meter: v.string(), perPeriod: amount, used: v.optional(amount) }),
  v.title('AppLimitUse'),
)

export const appRefusalAnswer = v.pipe(
  v.object({
    code: v.picklist(authorizationRefusals),
    index: v.pipe(amount, v.description('Its place in `refusals`, from 0')),
  }),
  v.title('AppRefusal'),
)

const onboardingAppAnswer = v.pipe(
  v.object({
    appId: v.string(),
    name: v.string(),
    inHub: v.boolean(),
    works: v.boolean(),
    stopsAt: v.optional(instantText),
    /** Everything that it lacks, in the order of refusals; absent when it complies. */
    missing: v.optional(v.pipe(v.array(v.picklist(['APP_NOT_IN_HUB', 'NO_PLAN'])), v.minLength(1))),
    /** The reason why it may make no call at all now. */
    refusal: v.optional(appRefusalAnswer),
    /** Its limits in a month, and the use that counts against them. */
    limits: v.array(appLimitUseAnswer),
  }),
  v.title('OnboardingApp'),
)

const onboardingAnswer = v.pipe(
  v.object({
    steps: v.array(onboardingStepAnswer),
    refusals: v.pipe(
      v.array(refusalAnswer),
      v.description('The reasons why apps do not work, each once; an app names its own by the place'),
    ),
    apps: v.array(onboardingAppAnswer),
  }),
  v.title('Onboarding'),
)

export type OnboardingAnswer = v.InferOutput<typeof onboardingAnswer>

export const operation = {
  call: getOnboarding,
  summary:
    'Shows the steps of the migration, and for each app, of at most 10,000, whether it works, and until when.',
  statuses: { 200: 'The steps and the apps.' },
  answer: onboardingAnswer,
} as const satisfies Operation
