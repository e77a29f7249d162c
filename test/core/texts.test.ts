import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { authorizationRefusals, conflictRefusals } from '../../core/refusal.ts'
import { eventText } from '../../core/texts/event-texts.ts'
import { meterRefusalText, problemText } from '../../core/texts/meter-texts.ts'
import { onboardingText } from '../../core/texts/onboarding-texts.ts'
import { refusalText } from '../../core/texts/texts.ts'
import { eventRejections, type Language, requestProblems } from '../../core/texts/texts-model.ts'
import { warningText } from '../../core/texts/warning-texts.ts'
import { warningCodes } from '../../core/warning.ts'

const languages: readonly Language[] = ['en', 'ja']
const refusals = [...authorizationRefusals, ...conflictRefusals]
const problems = [...new Set([...requestProblems, ...eventRejections])]

test('the Japanese titles of refusals are the agreed ones', () => {
  const titles = authorizationRefusals.map((code) => [code, refusalText(code, 'ja').title])
  expect(Object.fromEntries(titles)).toEqual({
    AUTHORIZATION_CLOSED: 'この使用の許可は終了しています',
    UNKNOWN_APP: 'アプリが見つかりません',
    QUOTE_NOT_VALID: '見積もりが有効ではありません',
    APP_NOT_IN_HUB: 'アプリがデベロッパーハブに移行されていません',
    NO_PLAN: 'プランに登録されていません',
    TEAM_SUSPENDED: 'チームは停止されています',
    PAYMENT_OVERDUE: 'お支払いが確認できていません',
    APP_LIMIT_REACHED: 'アプリの上限に達しました',
    BUDGET_EXHAUSTED: '予算の残りが足りません',
    SHORTFALL_DUE: '不足分のお支払いが必要です',
    FREE_LIMIT_REACHED: '月間使用量上限に達しました',
    TOKENS_EXHAUSTED: 'Flexトークンが不足しています',
    SPEND_LIMIT_REACHED: '今月の支出上限に達しました',
  })
})

describe.each(languages)('in %s', (language) => {
  test.each(refusals)('%s says what it is, why, and what lifts it', (code) => {
    const { title, detail, resolve } = refusalText(code, language)
    for (const text of [title, detail, resolve]) {
      expect(text).not.toMatch(/undefined|null|\$\{/)
      expect(text.length).toBeGreaterThan(3)
    }
  })

  test.each([...authorizationRefusals, 'IDEMPOTENCY_CONFLICT'] as const)(
    '%s has the same text in the calls that services make',
    (code) => {
      expect(meterRefusalText(code, language)).toEqual(refusalText(code, language))
      expect(problemText(code, language)).toEqual(refusalText(code, language))
    },
  )

  test.each(problems)('%s says what it is and why', (code) => {
    const { title, detail } = eventText(code, language)
    expect(`${title} ${detail}`).not.toMatch(/undefined|null|\$\{/)
    expect(eventText(code, language)).not.toHaveProperty('resolve')
  })

  test.each(warningCodes)('%s warns in words', (code) => {
    expect(warningText(code, language).detail).not.toMatch(/undefined/)
  })

  test('each code has a different title', () => {
    const titles = [
      ...refusals.map((code) => refusalText(code, language).title),
      ...problems.map((code) => eventText(code, language).title),
    ]
    expect(new Set(titles).size).toBe(titles.length)
  })

  test('pay-as-you-go names each of its three conditions in other words', () => {
    const details = ['country', 'payment-method', 'standing'].map(
      (condition) => refusalText('PAY_AS_YOU_GO_NOT_ELIGIBLE', language, { unmet: [condition] }).detail,
    )
    expect(new Set(details).size).toBe(3)
    for (const detail of details) expect(detail).not.toMatch(/payment-method/)
  })

  test('a refusal names the meter and the operator’s reason', () => {
    expect(refusalText('FREE_LIMIT_REACHED', language, { meter: 'reality-capture' }).detail).toContain(
      'reality-capture',
    )
    const stopped = refusalText('FREE_LIMIT_REACHED', language, { meter: 'basic', stoppedBy: 'jobs' })
    expect(stopped.detail).toMatch(/^(?!.*basic).*jobs/)
    expect(refusalText('TEAM_SUSPENDED', language, { because: 'abuse' }).detail).toContain('abuse')
  })
})

test('a refusal of another call is our own error where only the texts of services are linked', () => {
  expect(() => meterRefusalText('LAST_ADMIN', 'en')).toThrow('LAST_ADMIN is a refusal of services')
})

test('every code is in docs/errors.md, and refusals stand there in the order of their checks', () => {
  const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ')
  for (const code of [...refusals, ...problems, ...warningCodes]) expect(text).toContain(`| \`${code}\` |`)
  const denials = text.slice(text.indexOf('## 3.'), text.indexOf('### Everything'))
  const order = [...denials.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((row) => row[1])
  expect(order).toEqual([...authorizationRefusals])
})

test('a team without an app is not said to have apps outside the hub', () => {
  const none = onboardingText('move-apps', 'en', ['choose-plan', 'register-app', 'move-apps'])
  expect(none.why).toBe('The team has no app yet.')
  expect(none.todo).toBe('Create an app. Apps also need: a plan, the move of the apps into the hub.')
  expect(onboardingText('move-apps', 'en', ['move-apps'])).toEqual({
    why: 'Some apps are not in the developer hub.',
    todo: 'Move them into the developer hub.',
  })
})
