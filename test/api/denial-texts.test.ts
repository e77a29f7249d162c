import { describe, expect } from 'vitest'
import type { MissingAnswer } from '../../contract/missing.ts'
import type { RefusalAnswer } from '../../contract/refusal.ts'
import { type AuthorizationRefusalCode, authorizationRefusals } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import { test } from '../support/fixtures.ts'
import { type AskedUse, acad, jobs, Scene, simpleJobs, tokensMissing } from '../support/scene.ts'

/* Each act that a denial names is done, and the same request is then allowed. A new code or a new act fails without its row. */

const paid = { plan: 'paid' }
const payAsYouGo = { plan: 'paid', payAsYouGo: true }
const limited = { ...payAsYouGo, spendLimitUsdCents: 300 }

/** A state of the team, and the use that is refused in it. */
interface State {
  /** All codes of `missing[]`. */
  readonly missing: readonly AuthorizationRefusalCode[]
  /** Time alone lifts it. */
  readonly isTimed?: true
  readonly use?: AskedUse
  readonly make: (scene: Scene) => Promise<void>
}

const states: Readonly<Record<string, State>> = {
  'an authorization that is over': {
    missing: ['AUTHORIZATION_CLOSED'],
    use: { authorizationId: 'once' },
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.ask({ authorizationId: 'once' })
      await scene.do('voidAuthorization', { params: { authorizationId: 'once' } })
    },
  },
  'an app that nobody registered': {
    missing: ['UNKNOWN_APP'],
    use: { appId: 'new-app' },
    make: (scene) => scene.ready(payAsYouGo),
  },
  'a quote that the team does not have': {
    missing: ['QUOTE_NOT_VALID'],
    use: { quoteId: 'nobody-made-it' },
    make: (scene) => scene.ready(payAsYouGo),
  },
  'an app outside the hub': {
    missing: ['APP_NOT_IN_HUB'],
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.hub()
      await scene.plan(payAsYouGo)
    },
  },
  'an app of a team without a hub': {
    missing: ['APP_NOT_IN_HUB'],
    use: { meter: 'data-management' },
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.plan(paid)
    },
  },
  'a hub, but no plan, and the app outside the hub': {
    missing: ['APP_NOT_IN_HUB', 'NO_PLAN'],
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.hub()
    },
  },
  'neither a hub nor a plan, in a suspended team': {
    missing: ['APP_NOT_IN_HUB', 'NO_PLAN', 'TEAM_SUSPENDED'],
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.do('suspendTeam', { body: { reason: 'abuse' } })
    },
  },
  'no plan': {
    missing: ['NO_PLAN'],
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.hub()
      await scene.move()
    },
  },
  'no plan, and no free amount left for one': {
    missing: ['NO_PLAN', 'FREE_LIMIT_REACHED'],
    use: { meter: jobs, quantity: 1 },
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.hub()
      await scene.move()
      await scene.use(jobs, 20)
    },
  },
  'a suspended team': {
    missing: ['TEAM_SUSPENDED'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.do('suspendTeam', { body: { reason: 'abuse' } })
    },
  },
  'a bill that could not be collected': {
    missing: ['PAYMENT_OVERDUE'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.use(acad, 720)
      scene.clock.time = Date.parse('2026-03-03T00:00:00Z')
      await reportBill(scene, 'failed')
      scene.clock.time += 14 * dayMs
    },
  },
  'an app limit that is used up': {
    missing: ['APP_LIMIT_REACHED'],
    isTimed: true,
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.do('limitApp', { body: { meter: acad, perPeriod: 720 } })
      await scene.use(acad, 720)
    },
  },
  'an app limit that no month covers': {
    missing: ['APP_LIMIT_REACHED'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.do('limitApp', { body: { meter: acad, perPeriod: 0 } })
    },
  },
  'a budget that is used up': {
    missing: ['BUDGET_EXHAUSTED'],
    isTimed: true,
    use: { budgetId: 'daily' },
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await budget(scene, 'daily', 1)
      await scene.ask({ budgetId: 'daily' })
    },
  },
  'a budget that was revoked': {
    missing: ['BUDGET_EXHAUSTED'],
    use: { budgetId: 'daily' },
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await budget(scene, 'daily', 1)
      await scene.do('revokeBudget', { params: { budgetId: 'daily' } })
    },
  },
  'unpaid usage': {
    missing: ['SHORTFALL_DUE', 'TOKENS_EXHAUSTED'],
    make: async (scene) => {
      await scene.ready(paid)
      await scene.use(acad, 720)
    },
  },
  'unpaid usage on the free plan': {
    missing: ['SHORTFALL_DUE', 'FREE_LIMIT_REACHED'],
    use: { quantity: 7_200_000 },
    make: async (scene) => {
      await scene.ready(paid)
      await scene.use(acad, 720)
      await scene.plan({ plan: 'free' })
      scene.clock.time = Date.parse('2026-03-01T00:00:00Z')
    },
  },
  'unpaid usage above the spend limit': {
    missing: ['SHORTFALL_DUE', 'SPEND_LIMIT_REACHED'],
    make: async (scene) => {
      await scene.ready(limited)
      await scene.use(acad, 1_440)
    },
  },
  'unpaid usage after the card was removed': {
    missing: ['SHORTFALL_DUE', 'TOKENS_EXHAUSTED'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.team({ paymentMethod: 'none' })
      await scene.use(acad, 720)
    },
  },
  'a free amount that is used up': {
    missing: ['FREE_LIMIT_REACHED'],
    isTimed: true,
    use: { meter: jobs, quantity: 1 },
    make: async (scene) => {
      await scene.ready({ plan: 'free' })
      await scene.use(jobs, 20)
    },
  },
  'a free amount of another meter that stops the API': {
    missing: ['FREE_LIMIT_REACHED'],
    isTimed: true,
    use: { meter: simpleJobs, quantity: 1 },
    make: async (scene) => {
      await scene.ready({ plan: 'free' }, { country: 'XX' })
      await scene.use(jobs, 20)
    },
  },
  'more than any free amount, without a payment method': {
    missing: ['FREE_LIMIT_REACHED'],
    use: { meter: jobs, quantity: 21 },
    make: (scene) => scene.ready({ plan: 'free' }, { paymentMethod: 'none' }),
  },
  'no tokens': { missing: ['TOKENS_EXHAUSTED'], make: (scene) => scene.ready(paid) },
  'no tokens, and no payment method': {
    missing: ['TOKENS_EXHAUSTED'],
    make: (scene) => scene.ready(paid, { paymentMethod: 'none' }),
  },
  'no tokens, in a country without pay-as-you-go': {
    missing: ['TOKENS_EXHAUSTED'],
    make: (scene) => scene.ready(paid, { country: 'XX' }),
  },
  'no tokens, in a country without pay-as-you-go, and no payment method': {
    missing: ['TOKENS_EXHAUSTED'],
    make: (scene) => scene.ready(paid, { country: 'XX', paymentMethod: 'none' }),
  },
  'pay-as-you-go, and the card was removed': {
    missing: ['TOKENS_EXHAUSTED'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.team({ paymentMethod: 'none' })
    },
  },
  'pay-as-you-go, and the standing is bad': {
    missing: ['TOKENS_EXHAUSTED'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.team({ standing: 'bad' })
    },
  },
  'pay-as-you-go, and all its conditions fail': {
    missing: ['TOKENS_EXHAUSTED'],
    make: async (scene) => {
      await scene.ready(payAsYouGo)
      await scene.team({ standing: 'bad', country: 'XX', paymentMethod: 'none' })
    },
  },
  'a spend limit that is reached': {
    missing: ['SPEND_LIMIT_REACHED'],
    isTimed: true,
    make: async (scene) => {
      await scene.ready(limited)
      await scene.use(acad, 720)
    },
  },
  'a spend limit that no month covers': {
    missing: ['SPEND_LIMIT_REACHED'],
    use: { quantity: 1_440 },
    make: (scene) => scene.ready(limited),
  },
  'everything at once': {
    missing: ['APP_NOT_IN_HUB', 'TEAM_SUSPENDED', 'APP_LIMIT_REACHED', 'SHORTFALL_DUE', 'TOKENS_EXHAUSTED'],
    make: async (scene) => {
      await scene.team()
      await scene.app()
      await scene.plan(paid)
      await scene.do('limitApp', { body: { meter: acad, perPeriod: 720 } })
      await scene.use(acad, 720)
      await scene.do('suspendTeam', { body: { reason: 'abuse' } })
    },
  },
}

/** Makes a budget of tokens a day for the app of the scene. */
async function budget(scene: Scene, budgetId: string, tokens: number): Promise<void> {
  const endsAt = new Date(scene.clock.now() + 60 * dayMs).toISOString()
  const content = { name: 'Agent', appId: 'viewer', every: 'day', tokens, endsAt }
  await scene.do('makeBudget', { body: { budgetId, ...content } })
}

const reportBill = (scene: Scene, status: string) =>
  scene.do('reportPayment', {
    body: { paymentId: 'b1', invoiceOrPurchaseId: 'acme~invoice:2026-02', status },
  })

/** An act that a text may name against an item, with the words that name it. */
interface Act {
  /** The text names the act exactly where this is true. */
  readonly isOffered?: (item: MissingAnswer, refusal: RefusalAnswer) => boolean
  readonly words: Readonly<Record<'en' | 'ja', RegExp>>
  readonly act?: (scene: Scene, item: MissingAnswer, refusal: RefusalAnswer) => Promise<unknown>
  /** The changes to the request, where the text asks for another one. */
  readonly use?: AskedUse
}

const lacksMethod = ({ unmet = [] }: MissingAnswer) => unmet.includes('payment-method')
const lacksOthers = ({ unmet = [] }: MissingAnswer) => unmet.some((name) => name !== 'payment-method')

async function withMethod(scene: Scene, item: MissingAnswer): Promise<void> {
  if (lacksMethod(item)) await scene.team({ paymentMethod: 'paypal' })
}

const buying: Act = {
  words: { en: /buys? Flex tokens/, ja: /Flexトークンを購入|Flexトークンの購入/ },
  act: async (scene, item, { missing }) => {
    await withMethod(scene, item)
    await scene.buy(tokensMissing(missing))
  },
}
const enabling: Act = {
  isOffered: (item) => item.payAsYouGo !== true && !lacksOthers(item),
  words: { en: /enables pay-as-you-go/, ja: /後払い\(従量課金\)を有効に/ },
  act: async (scene, item) => {
    await withMethod(scene, item)
    await scene.plan(payAsYouGo)
  },
}
const meetingConditions: Act = {
  isOffered: ({ payAsYouGo: isChosen, unmet }) => isChosen === true && unmet !== undefined,
  words: {
    en: /Once all conditions of pay-as-you-go are met/,
    ja: /後払い\(従量課金\)の条件を(再び)?すべて満たすと/,
  },
  act: (scene) => scene.team({ country: 'US', paymentMethod: 'credit-card', standing: 'good' }),
}
const raisingLimit: Act = {
  words: { en: /raises the spend limit/, ja: /支出上限を引き上げ/ },
  act: (scene) => scene.plan({ ...payAsYouGo, spendLimitUsdCents: 1_000_000 }),
}
const choosingPaid: Act = {
  words: {
    en: /chooses the paid plan with enough Flex tokens/,
    ja: /十分な Flexトークン.*ある有料プランに登録/,
  },
  act: async (scene, item) => {
    await withMethod(scene, item)
    await scene.buy(100_000)
    await scene.plan(paid)
  },
}
const choosingPayAsYouGo: Act = {
  isOffered: (item) => !lacksOthers(item),
  words: { en: /Flex tokens or pay-as-you-go/, ja: /Flexトークンまたは後払い/ },
  act: async (scene, item) => {
    await withMethod(scene, item)
    await scene.plan(payAsYouGo)
  },
}
const hasCode = ({ missing }: RefusalAnswer, code: AuthorizationRefusalCode) =>
  missing.some((item) => item.code === code)

/** All acts against each code. */
const acts: Readonly<Record<AuthorizationRefusalCode, readonly [Act, ...Act[]]>> = {
  AUTHORIZATION_CLOSED: [
    {
      words: { en: /a new authorizationId/, ja: /新しい authorizationId/ },
      use: { authorizationId: 'another' },
    },
  ],
  UNKNOWN_APP: [
    {
      words: { en: /registered and move it to the developer hub/, ja: /登録し、.*ハブに移行/ },
      act: async (scene) => {
        await scene.app('new-app')
        await scene.move('new-app')
      },
    },
    {
      words: { en: /Check the client id/, ja: /クライアント ID を確認/ },
      use: { appId: 'viewer' },
    },
  ],
  QUOTE_NOT_VALID: [
    {
      words: { en: /Ask for a new quote of this use/, ja: /見積もりを取り直し/ },
      act: async (scene) => {
        const use = { appId: 'viewer', meter: acad, quantity: 720 }
        await scene.do('quoteUse', { body: { quoteId: 'new-quote', ...use } })
      },
      use: { quoteId: 'new-quote' },
    },
  ],
  APP_NOT_IN_HUB: [
    {
      words: {
        en: /creates the developer hub if there is none yet, and moves the app into it/,
        ja: /デベロッパーハブがなければ作成し、アプリをデベロッパーハブに移行/,
      },
      act: async (scene) => {
        await scene.hub()
        await scene.move()
      },
    },
  ],
  NO_PLAN: [
    {
      isOffered: (_, refusal) => !hasCode(refusal, 'FREE_LIMIT_REACHED'),
      words: { en: /chooses the free plan/, ja: /無料プラン、/ },
      act: (scene) => scene.plan({ plan: 'free' }),
    },
    {
      words: { en: /the paid plan with (enough )?Flex tokens/, ja: /Flexトークン.*ある有料プラン/ },
      act: async (scene) => {
        await scene.buy(100_000)
        await scene.plan(paid)
      },
    },
    {
      words: { en: /Flex tokens or pay-as-you-go/, ja: /Flexトークン(か|または)後払い/ },
      act: (scene) => scene.plan(payAsYouGo),
    },
  ],
  TEAM_SUSPENDED: [
    {
      words: { en: /Contact support/, ja: /サポートにお問い合わせ/ },
      act: (scene) => scene.do('resumeTeam', {}),
    },
  ],
  PAYMENT_OVERDUE: [
    {
      words: { en: /pays everything that is overdue/, ja: /期限を過ぎた金額をすべてお支払い/ },
      act: (scene) => reportBill(scene, 'settled'),
    },
  ],
  APP_LIMIT_REACHED: [
    {
      words: { en: /raises .* the app's limit/, ja: /アプリの上限を引き上げ/ },
      act: (scene) => scene.do('limitApp', { body: { meter: acad, perPeriod: 1_000_000 } }),
    },
    {
      words: { en: /lifts the app's limit/, ja: /解除/ },
      act: (scene) => scene.do('limitApp', { body: { meter: acad, perPeriod: null } }),
    },
  ],
  BUDGET_EXHAUSTED: [
    {
      words: { en: /makes another budget/, ja: /新しい予算を作成/ },
      act: (scene) => budget(scene, 'another', 5),
      use: { budgetId: 'another' },
    },
  ],
  SHORTFALL_DUE: [
    buying,
    enabling,
    meetingConditions,
    {
      ...raisingLimit,
      isOffered: ({ payAsYouGo: isChosen, unmet }) => isChosen === true && unmet === undefined,
    },
  ],
  FREE_LIMIT_REACHED: [choosingPaid, choosingPayAsYouGo],
  TOKENS_EXHAUSTED: [buying, enabling, meetingConditions],
  SPEND_LIMIT_REACHED: [buying, raisingLimit],
}

/** Numbers of the acts of a state: the most acts that there are against one of its items. */
const actNumbers = ({ missing }: State) =>
  Array.from({ length: Math.max(...missing.map((code) => acts[code].length)) }, (_, index) => index)
const promises = {
  atOnce: { en: /works again at once/, ja: /すぐに再開/ },
  wait: { en: /time alone lifts this/, ja: /時間の経過で再開/ },
}
const method = { en: /a credit card (or|nor) PayPal/, ja: /クレジットカードまたは PayPal/ }
const isLast = ({ code }: MissingAnswer) => code === 'APP_NOT_IN_HUB' || code === 'NO_PLAN'

/** The refusal of the state's request, the same in both languages except for its texts. */
async function refusalIn(scene: Scene, { make, use }: State) {
  await make(scene)
  const [en, ja] = [await scene.ask(use, 'en'), await scene.ask(use, 'ja')]
  if (en === undefined || ja === undefined) throw new Error('allowed')
  expect(ja.missing).toEqual(en.missing)
  return { en, ja }
}

const offeredIn = (refusal: RefusalAnswer, item: MissingAnswer) =>
  acts[item.code].filter(({ isOffered = () => true }) => isOffered(item, refusal))

test('every code has a state', () => {
  const covered = new Set(Object.values(states).flatMap(({ missing }) => missing))
  expect([...covered].toSorted()).toEqual([...authorizationRefusals].toSorted())
})

describe.each(Object.entries(states))('%s', (_, state) => {
  test('is refused in words that name every act against it, and promise nothing else', async ({
    party,
    clock,
  }) => {
    const texts = await refusalIn(new Scene(party, clock), state)
    for (const language of ['en', 'ja'] as const) {
      const { code, missing, detail, resolve, resumesAt } = texts[language]
      expect(missing.map((item) => item.code)).toEqual(state.missing)
      expect(code).toBe(state.missing[0])
      for (const item of missing) {
        for (const act of acts[item.code]) {
          const isOffered = missing.some((other) => offeredIn(texts[language], other).includes(act))
          if (isOffered) expect(resolve).toMatch(act.words[language])
          else if (missing.length === 1) expect(resolve).not.toMatch(act.words[language])
        }
        expect(method[language].test(`${detail} ${resolve}`)).toBe(missing.some(lacksMethod))
      }
      expect(promises.atOnce[language].test(resolve)).toBe(missing.every(isLast))
      expect(promises.wait[language].test(resolve)).toBe(resumesAt !== undefined)
      expect(resumesAt !== undefined).toBe(state.isTimed === true)
    }
  })

  test.for(actNumbers(state))('is allowed after act %i of each item', async (index, { party, clock }) => {
    const scene = new Scene(party, clock)
    const { en } = await refusalIn(scene, state)
    const offered = en.missing.map((item) => ({ item, those: offeredIn(en, item) }))
    let use = state.use
    for (const { item, those } of offered) {
      const chosen = those[index % those.length]
      if (chosen === undefined) throw new Error(`no act against ${item.code}`)
      await chosen.act?.(scene, item, en)
      use = { ...use, ...chosen.use }
    }
    expect(await scene.ask(use)).toBeUndefined()
  })
})

const timed = Object.entries(states).filter(([, { isTimed }]) => isTimed)

test.for(timed)('%s: is allowed when it resumes', async ([, state], { party, clock }) => {
  const scene = new Scene(party, clock)
  const { en } = await refusalIn(scene, state)
  clock.time = Date.parse(en.resumesAt ?? '') - 1
  expect(await scene.ask(state.use)).toBeDefined()
  clock.time += 1
  expect(await scene.ask(state.use)).toBeUndefined()
})
