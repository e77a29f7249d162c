import { expect, test } from 'vitest'
import { outcomes, outcomeText } from '../../core/texts/delivery-texts.ts'

/** Facts for each kind of outcome; a new kind does not compile without its facts. */
const samples: { readonly [Kind in keyof typeof outcomes]: Parameters<(typeof outcomes)[Kind]> } = {
  status: [500],
  sent: [],
  noAnswer: [],
  connectionFailed: ['ECONNREFUSED'],
  tooSlow: [5],
  notAllowed: [],
  switchedOff: [],
  nobody: [],
  mailRefused: ['MessageRejected'],
  mailPartlyRefused: [outcomes.mailRefused('MessageRejected'), 1, 2],
}

const stored = [
  outcomes.status(...samples.status),
  outcomes.sent(),
  outcomes.noAnswer(),
  outcomes.connectionFailed(...samples.connectionFailed),
  outcomes.tooSlow(...samples.tooSlow),
  outcomes.notAllowed(),
  outcomes.switchedOff(),
  outcomes.nobody(),
  outcomes.mailRefused(...samples.mailRefused),
  outcomes.mailPartlyRefused(...samples.mailPartlyRefused),
]

test('every kind of outcome is tested', () => {
  expect(stored).toHaveLength(Object.keys(outcomes).length)
})

test.each(stored)('"%s" has a text in each language', (outcome) => {
  expect(outcomeText(outcome, 'en')).toBe(outcome)
  const text = outcomeText(outcome, 'ja')
  expect(text).toMatch(/[ぁ-んァ-ン一-龠]/)
  expect(text).not.toMatch(/[a-z]{3,} [a-z]{2,}/)
  for (const fact of outcome.match(/\d+|[A-Z][A-Za-z]{3,}/g) ?? []) expect(text).toContain(fact)
})

test('an outcome that has no text is shown as it is', () => {
  expect(outcomeText('something else', 'ja')).toBe('something else')
})
