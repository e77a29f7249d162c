import { describe, expect, test } from 'vitest'
import type { CommandKind } from '../../core/decide.ts'
import { Contention, longPatience, patienceOf, shortPatience } from '../../lambdas/store/patience.ts'

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw)

describe('patience', () => {
  test.each<CommandKind>(['authorize', 'settle'])('%s ends with its second lost race', (kind) =>
    expect(patienceOf(kind)).toEqual({ racesMax: 2, ms: shortPatience.ms }),
  )

  test.each<CommandKind>([
    'capture',
    'void',
    'record-usage',
    'purchase-tokens',
    'choose-plan',
    'take-payment',
  ])('%s keeps trying for eight seconds', (kind) =>
    expect(patienceOf(kind)).toEqual({ racesMax: longPatience.racesMax, ms: 8_000 }),
  )
})

describe('contention', () => {
  test('the first caller who is turned away comes back within 8 seconds', () => {
    const seconds = draws(500, () => new Contention().turnAway('team'))
    expect(Math.min(...seconds)).toBe(1)
    expect(Math.max(...seconds)).toBe(8)
    expect(seconds.every(Number.isInteger)).toBe(true)
  })

  test('callers of a team that turns many away are spread over a minute', () => {
    const contention = new Contention()
    const seconds = draws(2_000, () => contention.turnAway('team')).slice(2)
    expect(Math.min(...seconds)).toBeLessThanOrEqual(3)
    expect(Math.max(...seconds)).toBeGreaterThanOrEqual(58)
    expect(Math.max(...seconds)).toBeLessThanOrEqual(60)
  })

  test('commits bring the range back, and another team has a separate range', () => {
    const contention = new Contention()
    for (let count = 0; count < 10; count++) contention.turnAway('hot')
    const others = draws(200, () => new Contention().turnAway('hot'))
    expect(Math.max(...others)).toBeLessThanOrEqual(8)
    for (let count = 0; count < 40; count++) contention.relax('hot')
    expect(contention.turnAway('hot')).toBeLessThanOrEqual(8)
    expect(contention.turnAway('calm')).toBeLessThanOrEqual(8)
  })

  test('memory that has cost a race is doubted until a read finds the same', () => {
    const contention = new Contention()
    expect(contention.isDoubted('team')).toBe(false)
    contention.doubt('team')
    expect([contention.isDoubted('team'), contention.isDoubted('other')]).toEqual([true, false])
    contention.trust('team')
    expect(contention.isDoubted('team')).toBe(false)
    contention.turnAway('team')
    expect(contention.isDoubted('team')).toBe(true)
  })
})
