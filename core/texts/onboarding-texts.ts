import type { Language } from './texts-model.ts'

/** The steps of the move, in their order (aps-facts, section 6). */
export type OnboardingStep = 'choose-plan' | 'create-hub' | 'invite-members' | 'register-app' | 'move-apps'

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

/** The reason why a step is not done, and the action to take. Apps can be moved only once there are apps and a hub. */
export function onboardingText(
  step: OnboardingStep,
  language: Language,
  { hasHub, hasApps }: { hasHub: boolean; hasApps: boolean },
): StepText {
  if (step === 'move-apps' && !hasApps) return texts['register-app'][language]
  const text = texts[step][language]
  return step === 'move-apps' && !hasHub ? { ...text, todo: texts['create-hub'][language].todo } : text
}
