import { expect, test } from 'vitest'
import { authorize } from '../../core/commands/authorize.ts'
import { decide } from '../../core/decide.ts'
import { decideBy } from '../../core/decide-by.ts'
import { World } from '../support/world.ts'

function paidWorld(): World {
  const world = new World('2027-01-25T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100)
  return world
}

test('a command of a service is decided by the same rule', () => {
  const { account, context, app } = paidWorld()
  const command = {
    kind: 'authorize',
    authorizationId: 'a',
    appId: app.appId,
    meter: 'automation-autocad',
  } as const
  const ask = { ...command, quantity: 720, holdSeconds: 3_600 }
  const decided = decideBy({ authorize })(account, ask, { ...context, app })
  expect(decided).toEqual(decide(account, ask, { ...context, app }))
  expect(decided).toMatchObject({ entries: [{ kind: 'authorization' }] })
})

test('a command of another call is our own error', () => {
  const { account, context } = paidWorld()
  const suspend = { kind: 'suspend', reason: 'abuse' } as const
  expect(() => decideBy({ authorize })(account, suspend, context)).toThrow(
    'suspend is a command of this function',
  )
})
