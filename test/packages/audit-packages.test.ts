import { expect, test } from 'vitest'
import { auditVerdict } from '../../bin/audit-packages.ts'

const report = (high: number, critical: number, severity = 'high') =>
  JSON.stringify({
    vulnerabilities: { parser: { severity }, other: { severity: 'low' } },
    metadata: { vulnerabilities: { info: 0, low: 1, moderate: 0, high, critical, total: 2 } },
  })

test('a finding of high or critical severity fails, and is named', () => {
  expect(auditVerdict(report(1, 0))).toEqual({ isFine: false, words: '0 critical, 1 high: parser' })
  expect(auditVerdict(report(0, 1, 'critical')).isFine).toBe(false)
})

test('a finding of less does not', () => {
  expect(auditVerdict(report(0, 0, 'moderate'))).toEqual({
    isFine: true,
    words: '0 critical, 0 high: nothing to mend',
  })
})

test.each([
  [JSON.stringify({ statusCode: 405, message: 'Method Not Allowed', error: {} }), '405: Method Not Allowed'],
  ['', 'no answer: no report'],
  ['<html>', 'no answer: no report'],
])('a registry that cannot be asked is told as such: %s', (output, words) => {
  const verdict = auditVerdict(output)
  expect(verdict.isFine).toBe(true)
  expect(verdict.words).toContain('NOT AUDITED')
  expect(verdict.words).toContain(words)
})
