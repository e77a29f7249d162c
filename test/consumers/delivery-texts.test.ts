import { expect, test } from 'vitest'
import { outcomeText } from '../../core/texts/delivery-texts.ts'

const outcomes = [
  'status 500',
  'sent',
  'no answer',
  'no answer (ECONNREFUSED)',
  'no answer within 5 seconds',
  'the address is not allowed',
  'the endpoint is switched off',
  'there is nobody to write to',
  'mail was not accepted (MessageRejected)',
  'mail was not accepted (MessageRejected), for 1 of 2 addresses',
]

test.each(outcomes)('"%s" has a text in each language', (outcome) => {
  expect(outcomeText(outcome, 'en')).toBe(outcome)
  const text = outcomeText(outcome, 'ja')
  expect(text).toMatch(/[ぁ-んァ-ン一-龠]/)
  for (const fact of outcome.match(/\d+|[A-Z][A-Za-z]{3,}/g) ?? []) expect(text).toContain(fact)
})

test('an outcome that has no text is shown as it is', () => {
  expect(outcomeText('something else', 'ja')).toBe('something else')
})
