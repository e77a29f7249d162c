import { App } from 'aws-cdk-lib'
import { expect, test } from 'vitest'
import { readConfig } from '../../lib/config.ts'
import { context } from './synthesized.ts'

const configOf = (changes: Record<string, unknown>) =>
  readConfig(new App({ context: { ...context, ...changes } }).node)

test('payments go to the bus unless the context says otherwise', () => {
  expect(configOf({ payments: undefined }).payments).toBe('bus')
})

test.each([
  [{ stage: 'Prod!' }, 'Context "stage" must be lower-case letters'],
  [{ issuer: 'idp.example.com' }, 'Context "issuer" must be an http(s) URL'],
  [{ issuer: 'https://idp.example.com/' }, 'without a trailing slash'],
  [{ audience: '' }, 'Context "audience" must be 1 to 200 characters'],
  [{ payments: 'cash' }, 'Context "payments" must be sandbox or bus'],
])('a wrong context %j is refused with words that help', (changes, words) => {
  expect(() => configOf(changes)).toThrow(words)
})
