import { expect, test } from 'vitest'
import { callerOf } from '../../lambdas/http/caller.ts'
import { event } from '../support/ask.ts'

const callerWith = (claims: Record<string, unknown>) => callerOf(event('getBalance', { claims }))

test("Cognito's scopes are those of the contract", () => {
  const { scopes } = callerWith({ scope: 'openid hub/read hub/write  aps/meter' }) ?? {}
  expect([...(scopes ?? [])]).toEqual(['openid', 'hub:read', 'hub:write', 'aps:meter'])
})

test("another issuer's scopes are as they are written", () => {
  const { scopes } = callerWith({ scope: 'aps:meter ops:admin' }) ?? {}
  expect([...(scopes ?? [])]).toEqual(['aps:meter', 'ops:admin'])
})

test.each(['aps/meter/all', 'apsmeter', '/aps/meter', 'aps//meter', 'aps:/meter', 'APS/meter'])(
  '%s is not the scope of services',
  (scope) => expect(callerWith({ scope })?.scopes.has('aps:meter')).toBe(false),
)

test('an access token of Cognito says team and role', () => {
  const caller = callerWith({
    client_id: '1example23456789',
    sub: '6c2d1f3a-0000-4a5b-8c9d-1e2f3a4b5c6d',
    token_use: 'access',
    scope: 'hub/read',
    team: 'acme',
    role: 'developer',
  })
  expect(caller).toMatchObject({ teamId: 'acme', role: 'developer' })
})
