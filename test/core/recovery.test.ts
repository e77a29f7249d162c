import { describe, expect, test } from 'vitest'
import { findDue, tokenPrice, withDue } from '../../core/account/dues.ts'
import { isStopped, nextStep, paymentFailure, recoveryVerdict, stopsAt } from '../../core/invoice/recovery.ts'
import { dayMs } from '../../core/time/time.ts'

const failedAt = Date.parse('2026-02-03T00:00:00Z')
const due = (steps: number, failed: number | undefined = failedAt) => {
  return { dueId: 'invoice:2026-01', usdCents: 300, steps, ...(failed !== undefined && { failedAt: failed }) }
}
const unfailed = { dueId: 'invoice:2026-02', usdCents: 500, steps: 0 }

describe('the recovery of a due', () => {
  test('warns, retries and stops on its days after the failure', () => {
    const steps = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => nextStep(due(step)))
    const at = (day: number, action: string) => ({ at: failedAt + day * dayMs, action })
    expect(steps).toEqual([
      at(2, 'warn'),
      at(3, 'retry'),
      at(6, 'warn'),
      at(7, 'retry'),
      at(11, 'warn'),
      at(12, 'retry'),
      at(14, 'stop'),
      undefined,
    ])
    expect(nextStep(unfailed)).toBeUndefined()
  })

  test('stops the meters 14 days after a failure, when all steps are done', () => {
    expect(stopsAt(due(0))).toBe(failedAt + 14 * dayMs)
    expect(stopsAt(unfailed)).toBeUndefined()
    expect([5, 6, 7, 8].map((steps) => isStopped(due(steps)))).toEqual([false, false, true, true])
  })

  test('a failed payment names the next try and the stop, and after the last try only the stop', () => {
    const stops = Date.parse('2026-02-17T00:00:00Z')
    const failure = (retry: string | undefined) => ({
      failedAt,
      ...(retry !== undefined && { retryAt: Date.parse(retry) }),
      stopsAt: stops,
    })
    const [first, second, last] = ['2026-02-06T00:00:00Z', '2026-02-10T00:00:00Z', '2026-02-15T00:00:00Z']
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((steps) => paymentFailure(due(steps)))).toEqual(
      [first, first, second, second, last, last, undefined, undefined].map(failure),
    )
    expect(paymentFailure(unfailed)).toBeUndefined()
  })

  test('waits for the first next step of the failed dues, and is done without one', () => {
    expect(recoveryVerdict([])).toEqual({ verdict: 'done', outcome: 'paid' })
    expect(recoveryVerdict([unfailed])).toEqual({ verdict: 'done', outcome: 'paid' })
    expect(recoveryVerdict([unfailed, due(7)])).toEqual({ verdict: 'done', outcome: 'stopped' })
    expect(recoveryVerdict([due(7), due(4), due(2), due(3)])).toEqual({
      verdict: 'wait',
      until: failedAt + 6 * dayMs,
    })
  })
})

describe('the dues of an account', () => {
  test('change by id: an amount of zero removes one, and a new one has failed', () => {
    const dues = [due(3), unfailed]
    const amount = (dueId: string, usdCents: number) => withDue(dues, { dueId, usdCents }, 7)
    expect(amount('invoice:2026-01', 0)).toEqual([unfailed])
    expect(amount('invoice:2026-02', 400)).toEqual([due(3), { ...unfailed, usdCents: 400 }])
    expect(amount('charge-back:p', 400)).toEqual([
      ...dues,
      { dueId: 'charge-back:p', usdCents: 400, failedAt: 7, steps: 0 },
    ])
    expect(findDue(dues, 'invoice:2026-02')).toBe(unfailed)
    expect(findDue(dues, undefined)).toBeUndefined()
  })

  test('charge whole cents for a part of a token', () => {
    expect(tokenPrice(1_999, 300)).toBe(599)
    expect(tokenPrice(3, 300)).toBe(0)
    expect(tokenPrice(4, 300)).toBe(1)
  })
})
