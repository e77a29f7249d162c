import type { Language } from './texts-model.ts'

/** The steps of the move, in their order (aps-facts, section 6). */
export const onboardingSteps = [
  'choose-plan',
  'create-hub',
  'invite-members',
  'register-app',
  'move-apps',
] as const

export type OnboardingStep = (typeof onboardingSteps)[number]

/** True if apps work without it. */
export const isOptional = (step: OnboardingStep): boolean => step === 'invite-members'

interface StepText {
  readonly why: string
  readonly todo: string
}

const texts: Record<OnboardingStep, Record<Language, StepText>> = {
  'choose-plan': {
    en: { why: 'The team has no plan yet.', todo: 'Choose the free or the paid plan.' },
    ja: {
      why: 'チームはまだプランに登録されていません。',
      todo: '無料プランまたは有料プランを選択してください。',
    },
  },
  'create-hub': {
    en: { why: 'The team has no developer hub yet.', todo: 'Create the developer hub.' },
    ja: { why: 'チームにデベロッパーハブがまだありません。', todo: 'デベロッパーハブを作成してください。' },
  },
  'invite-members': {
    en: { why: 'Nobody else is a member of the team yet.', todo: 'Invite those who work with you.' },
    ja: {
      why: 'チームにほかのメンバーがまだいません。',
      todo: '一緒に作業する人を招待してください。',
    },
  },
  'register-app': {
    en: { why: 'The team has no app yet.', todo: 'Create an app.' },
    ja: { why: 'チームにアプリがまだありません。', todo: 'アプリを作成してください。' },
  },
  'move-apps': {
    en: { why: 'Some apps are not in the developer hub.', todo: 'Move them into the developer hub.' },
    ja: {
      why: 'デベロッパーハブに移行されていないアプリがあります。',
      todo: 'デベロッパーハブに移行してください。',
    },
  },
}

/** The steps as a list of what is still needed names them. */
const needs: Record<OnboardingStep, Record<Language, string>> = {
  'choose-plan': { en: 'a plan', ja: 'プラン' },
  'create-hub': { en: 'a developer hub', ja: 'デベロッパーハブ' },
  'invite-members': { en: 'more members', ja: 'ほかのメンバー' },
  'register-app': { en: 'an app', ja: 'アプリ' },
  'move-apps': { en: 'the move of the apps into the hub', ja: 'アプリのデベロッパーハブへの移行' },
}

/** The required steps that are not done, in their order: apps work in the long run once all of them are done. */
export function missingSteps(done: Readonly<Record<OnboardingStep, boolean>>): readonly OnboardingStep[] {
  return onboardingSteps.filter((step) => !done[step] && !isOptional(step))
}

/**
 * The reason why a step is not done, and the action to take. The action names the other steps that apps need, and for the
 * move of apps first what has to be there: an app, and a hub.
 */
export function onboardingText(
  step: OnboardingStep,
  language: Language,
  missing: readonly OnboardingStep[],
): StepText {
  // Without an app there is none outside the hub.
  const shown = step === 'move-apps' && missing.includes('register-app') ? 'register-app' : step
  const { why, todo } = texts[shown][language]
  if (isOptional(step)) return { why, todo }
  const others = missing.filter((other) => other !== shown)
  if (others.length === 0) return { why, todo }
  const names = others.map((other) => needs[other][language])
  const also =
    language === 'ja' ? `ほかに必要なもの: ${names.join('、')}。` : ` Apps also need: ${names.join(', ')}.`
  return { why, todo: `${todo}${also}` }
}
