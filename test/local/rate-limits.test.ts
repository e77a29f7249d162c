import { expect, test } from 'vitest'
import { makeRateLimits } from '../../local/gateway/rate-limits.ts'
import { makeAssembly } from './assembly-fixture.ts'
import { send, startFixture } from './runtime-fixture.ts'

function newLimits() {
  const clock = { at: 0 }
  const limits = [
    { perSecond: 10, burst: 3 },
    { routeKey: 'GET /slow', perSecond: 1, burst: 1 },
  ]
  return { clock, isAllowed: makeRateLimits(limits, () => clock.at) }
}
const times = (count: number, isAllowed: (key: string) => boolean, key: string) =>
  Array.from({ length: count }, () => isAllowed(key))

test('a burst passes, and the rest only as fast as the rate', () => {
  const { clock, isAllowed } = newLimits()
  expect(times(5, isAllowed, 'GET /any')).toEqual([true, true, true, false, false])
  clock.at += 200
  expect(times(3, isAllowed, 'GET /any')).toEqual([true, true, false])
})

test('each route has its own bound', () => {
  const { isAllowed } = newLimits()
  expect(times(2, isAllowed, 'GET /slow')).toEqual([true, false])
  expect(times(3, isAllowed, 'GET /any')).toEqual([true, true, true])
})

test("a route that is called more often than the template allows gets API Gateway's 429", async () => {
  const runtime = await startFixture(makeAssembly().folder)
  try {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => send(`${runtime.url}/v1/openapi.json`)),
    )
    const refused = answers.filter(({ status }) => status === 429)
    // The burst of the route is 40, and its rate 20 a second.
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(40)
    expect(refused.length).toBeGreaterThan(0)
    for (const { body } of refused) expect(body).toEqual({ message: 'Too Many Requests' })
  } finally {
    await runtime.stop()
  }
})
