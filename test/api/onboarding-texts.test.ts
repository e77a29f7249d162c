import { describe, expect } from 'vitest'
import type { OnboardingAnswer } from '../../contract/get-onboarding.ts'
import { isOptional, type OnboardingStep, onboardingSteps } from '../../core/texts/onboarding-texts.ts'
import { test } from '../support/fixtures.ts'
import { Scene } from '../support/scene.ts'

/* The open steps are done in their order, as their texts say, and the app then works. The clock is after the deadline. */

type Step = OnboardingAnswer['steps'][number]

/** The act of each step, and the words with which another step names it. A new step does not compile without its row. */
const acts: Readonly<Record<OnboardingStep, (scene: Scene) => Promise<unknown>>> = {
  'choose-plan': (scene) => scene.plan({ plan: 'free' }),
  'create-hub': (scene) => scene.hub(),
  'invite-members': async (scene) => {
    for (const memberId of ['aoi', 'ren'])
      await scene.do('putMember', {
        params: { memberId },
        body: { email: `${memberId}@example.com`, role: 'admin' },
      })
  },
  'register-app': (scene) => scene.app(),
  'move-apps': (scene) => scene.move(),
}
const words: Readonly<Record<OnboardingStep, Readonly<Record<'en' | 'ja', RegExp>>>> = {
  'choose-plan': { en: /Choose the free or the paid plan|a plan/, ja: /プランを選択|プラン[、。]/ },
  'create-hub': {
    en: /Create the developer hub|a developer hub/,
    ja: /デベロッパーハブを作成|デベロッパーハブ[、。]/,
  },
  'invite-members': { en: /Invite/, ja: /招待/ },
  'register-app': { en: /Create an app|an app[,.]/, ja: /アプリを作成|アプリ[、。]/ },
  'move-apps': { en: /Move them|the move of the apps/, ja: /移行してください|への移行/ },
}

const required = onboardingSteps.filter((step) => !isOptional(step))
/** Steps that a team may have done, in every combination that the API allows: the move needs a hub and an app. */
const combinations = Array.from({ length: 2 ** required.length }, (_, bits) =>
  required.filter((_step, index) => (bits >> index) & 1),
).filter(
  (done) => !done.includes('move-apps') || (done.includes('create-hub') && done.includes('register-app')),
)

async function stepsOf(scene: Scene, language = 'en'): Promise<OnboardingAnswer> {
  const headers = { 'accept-language': language }
  return (await scene.do('getOnboarding', { headers })) as unknown as OnboardingAnswer
}

const openSteps = ({ steps }: OnboardingAnswer) => steps.filter(({ done, optional }) => !done && !optional)

describe.each(combinations.map((done) => [done.join(', ') || 'nothing', done] as const))(
  'with %s done',
  (_, done) => {
    test('each open step names all that is missing, and doing it in order makes the app work', async ({
      party,
      clock,
    }) => {
      const scene = new Scene(party, clock)
      await scene.team()
      for (const step of done) await acts[step](scene)
      const missing = required.filter((step) => !done.includes(step))
      for (const language of ['en', 'ja'] as const) {
        const open = openSteps(await stepsOf(scene, language))
        expect(open.map(({ step }) => step)).toEqual(missing)
        for (const step of open) expectToName(step, missing, language)
      }
      for (const step of missing) {
        expect((await stepsOf(scene)).apps.every(({ works }) => !works)).toBe(true)
        await acts[step](scene)
      }
      const last = await stepsOf(scene)
      const { apps } = last
      expect(openSteps(last)).toEqual([])
      expect(apps).toMatchObject([{ works: true }])
      expect(await scene.ask({ meter: 'data-management' })).toBeUndefined()
    })
  },
)

function expectToName(step: Step, missing: readonly OnboardingStep[], language: 'en' | 'ja'): void {
  expect(step.missing).toEqual(missing)
  for (const other of required) {
    if (missing.includes(other)) expect(step.todo).toMatch(words[other][language])
    else if (language === 'en') expect(step.todo).not.toMatch(words[other].en)
  }
}

test('the optional step is done by what it says', async ({ party, clock }) => {
  const scene = new Scene(party, clock)
  await scene.team()
  const stateOf = async () => (await stepsOf(scene)).steps.find(({ step }) => step === 'invite-members')
  expect(await stateOf()).toMatchObject({
    done: false,
    todo: expect.stringMatching(words['invite-members'].en),
  })
  await acts['invite-members'](scene)
  expect(await stateOf()).toEqual({ step: 'invite-members', done: true, optional: true })
})

test('with a hub, but no plan, and the app outside the hub, the steps and the refusal name both', async ({
  party,
  clock,
}) => {
  const scene = new Scene(party, clock)
  await scene.team()
  await scene.hub()
  await scene.app()
  const { steps, apps, refusals } = await stepsOf(scene)
  for (const { missing, done, optional } of steps)
    if (!done && !optional) expect(missing).toEqual(['choose-plan', 'move-apps'])
  expect(apps[0]).toMatchObject({ works: false, missing: ['APP_NOT_IN_HUB', 'NO_PLAN'] })
  const refusal = await scene.ask({ meter: 'data-management' })
  expect([refusal]).toEqual(refusals)
  expect(apps[0]?.refusal).toMatchObject({ index: 0 })
  expect(refusal?.missing.map(({ code }) => code)).toEqual(['APP_NOT_IN_HUB', 'NO_PLAN'])
  await scene.move()
  expect(await scene.ask({ meter: 'data-management' })).toMatchObject({ code: 'NO_PLAN' })
})
