import { assert } from '../assert.ts'
import type { Denial, Obstacle } from '../funding/denial.ts'
import type { RefusalCode } from '../refusal.ts'
import type { WarningCode } from '../warning.ts'
import { en } from './texts-en.ts'
import { ja } from './texts-ja.ts'
import type {
  EventRejectionCode,
  Language,
  ProblemCode,
  ProblemText,
  RefusalText,
  RequestProblemCode,
  TextFacts,
  Texts,
} from './texts-model.ts'

const texts: Readonly<Record<Language, Texts>> = { en, ja }

/** Title, detail and remedy of a refusal. */
export function refusalText(code: RefusalCode, language: Language, facts: TextFacts = {}): RefusalText {
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
    refusalText(obstacle.code, language, { ...facts, ...factsOf(obstacle), isFreeAmountUsedUp }),
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
    case 'TEAM_SUSPENDED':
      return { because: obstacle.because }
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

/** Title and detail of any problem: of a request, of a usage event, or a refusal (which also has a remedy). */
export function problemText(
  code: ProblemCode,
  language: Language,
  facts: TextFacts = {},
): ProblemText & Partial<RefusalText> {
  return isRefusalCode(code) ? refusalText(code, language, facts) : texts[language].problems[code](facts)
}

/** Title and detail of a warning in an allowing answer. */
export function warningText(code: WarningCode, language: Language, facts: TextFacts = {}): ProblemText {
  return texts[language].warnings[code](facts)
}

function isRefusalCode(code: RefusalCode | RequestProblemCode | EventRejectionCode): code is RefusalCode {
  return Object.hasOwn(en.refusals, code)
}
