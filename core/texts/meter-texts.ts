import { assert } from '../assert.ts'
import type { Denial, Obstacle } from '../funding/denial.ts'
import type { RefusalCode } from '../refusal.ts'
import type { MeterWarningCode, WarningCode } from '../warning.ts'
import { en } from './meter-texts-en.ts'
import { ja } from './meter-texts-ja.ts'
import type {
  Language,
  MeterProblemCode,
  MeterRefusalCode,
  MeterTexts,
  ProblemCode,
  ProblemText,
  RefusalText,
  RefusalTextOf,
  TextFacts,
} from './texts-model.ts'

const texts: Readonly<Record<Language, MeterTexts>> = { en, ja }

/** Title, detail and remedy of a refusal of a service's call. Throws for any other refusal: these calls link no other texts. */
export const meterRefusalText: RefusalTextOf = (code, language, facts = {}) => {
  assert(isMeterRefusal(code), `${code} is a refusal of services`)
  return texts[language].refusals[code](facts)
}

/** Codes of obstacles that are the only ones left once they are alone: then the app works again at once. */
const lastObstacles: ReadonlySet<RefusalCode> = new Set(['APP_NOT_IN_HUB', 'NO_PLAN'])

/**
 * Title and detail of a denial's first obstacle, and a remedy that names the acts against all of them. It promises that the
 * app works again only where these acts are enough, and waiting only where time alone lifts the denial.
 */
export function denialText(
  { missing, resumesAt }: Pick<Denial, 'code' | 'missing' | 'resumesAt'>,
  language: Language,
  facts: TextFacts = {},
): RefusalText {
  const isFreeAmountUsedUp = missing.some(({ code }) => code === 'FREE_LIMIT_REACHED')
  const all = missing.map((obstacle) =>
    meterRefusalText(obstacle.code, language, { ...facts, ...factsOf(obstacle), isFreeAmountUsedUp }),
  )
  const [first] = all
  assert(first !== undefined, 'a denial has an obstacle')
  const { worksAgain, wait } = texts[language].endings
  const isWorkingThen = missing.every(({ code }) => lastObstacles.has(code))
  const remedies = [
    ...all.map(({ resolve }) => resolve),
    ...(isWorkingThen ? [worksAgain] : []),
    ...(resumesAt === undefined ? [] : [wait]),
  ]
  return { ...first, resolve: [...new Set(remedies)].join(language === 'ja' ? '' : ' ') }
}

function factsOf(obstacle: Obstacle): TextFacts {
  switch (obstacle.code) {
    case 'AUTHORIZATION_CLOSED':
      return { because: obstacle.closedBecause }
    case 'QUOTE_NOT_VALID':
    case 'TEAM_SUSPENDED':
      return { because: obstacle.because }
    case 'BUDGET_EXHAUSTED':
      return obstacle.budget === undefined ? { because: 'ended' } : {}
    case 'FREE_LIMIT_REACHED': {
      const { stoppedBy, payAsYouGo, unmet } = obstacle
      return { stoppedBy, payAsYouGo, unmet }
    }
    case 'SHORTFALL_DUE':
    case 'TOKENS_EXHAUSTED': {
      const { payAsYouGo, unmet } = obstacle
      return { payAsYouGo, unmet }
    }
    default:
      return {}
  }
}

/** Title and detail of a problem of a request, or of a service's refusal (which also has a remedy). */
export function problemText(
  code: MeterProblemCode,
  language: Language,
  facts: TextFacts = {},
): ProblemText & Partial<RefusalText> {
  const { refusals, problems } = texts[language]
  return isMeterRefusal(code) ? refusals[code](facts) : problems[code](facts)
}

/** Title and detail of a warning of an authorization. */
export function meterWarningText(
  code: MeterWarningCode,
  language: Language,
  facts: TextFacts = {},
): ProblemText {
  return texts[language].warnings[code](facts)
}

/** True for a warning that an authorization may have. */
export function isMeterWarning(code: WarningCode): code is MeterWarningCode {
  return Object.hasOwn(en.warnings, code)
}

/** True for a refusal of the calls that services make. */
export function isMeterRefusal(code: ProblemCode): code is MeterRefusalCode {
  return Object.hasOwn(en.refusals, code)
}
