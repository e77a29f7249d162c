import { expect, test } from 'vitest'
import { record } from '../../core/journal/record.ts'
import { refusalAtDeadline } from '../../core/preview/deadline-check.ts'
import { World } from '../support/world.ts'

/* The launch's deadline is 2026-01-17T00:00:00Z. */

const deadlineAt = Date.parse('2026-01-17T00:00:00Z')

const codesOf = (world: World, isInHub: boolean) =>
  refusalAtDeadline(world.account, isInHub, world)?.missing.map(({ code }) => code)

/** The codes that apps really meet at the deadline. */
const codesThen = (world: World, isInHub: boolean) => {
  world.pass(deadlineAt - world.now)
  const answer = world.ask('automation-autocad', 1)
  return isInHub && 'code' in answer ? answer.code : undefined
}

test('an app that lacks the hub or the plan is refused for what it lacks', () => {
  const world = new World('2026-01-10T09:00:00Z')
  expect(codesOf(world, false)).toEqual(['APP_NOT_IN_HUB', 'NO_PLAN'])
  expect(codesOf(world, true)).toEqual(['NO_PLAN'])
  world.plan({ plan: 'free', payAsYouGo: false })
  expect(codesOf(world, false)).toEqual(['APP_NOT_IN_HUB'])
  expect(codesOf(world, true)).toBeUndefined()
})

test('the refusal is the one of the first instant after the deadline', () => {
  const world = new World('2026-01-10T09:00:00Z')
  expect(codesOf(world, true)?.[0]).toBe(codesThen(world, true))
})

test('nothing is refused because of a deadline that is past', () => {
  const world = new World('2026-01-10T09:00:00Z')
  world.pass(deadlineAt - world.now - 1)
  expect(codesOf(world, true)).toEqual(['NO_PLAN'])
  world.pass(1)
  expect(codesOf(world, true)).toBeUndefined()
})

test('calls that are refused already are not counted against the deadline', () => {
  const world = new World('2026-01-10T09:00:00Z')
  world.account = record(world.account, world.now, { kind: 'suspended', reason: 'abuse' }).account
  expect(codesOf(world, true)).toBeUndefined()
})

test('without a campaign, no deadline refuses anything', () => {
  const world = new World('2026-01-10T09:00:00Z')
  const catalog = { ...world.catalog, campaigns: [] }
  expect(refusalAtDeadline(world.account, false, { now: world.now, catalog })).toBeUndefined()
})
