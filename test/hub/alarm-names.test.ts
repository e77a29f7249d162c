import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { alarmNames } from '../../hub/ops/health/alarm-names.ts'
import type { AlarmKind } from '../../lib/alarm-kind.ts'
import { alarmKinds } from '../../lib/alarm-kinds.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the console lists every kind of alarm, under the title of the alarm', () => {
  const texts = JSON.parse(read('hub/locales/en/ops-alarms.json'))
  const kinds: Readonly<Record<string, AlarmKind>> = alarmKinds
  expect(alarmNames).toEqual(Object.keys(kinds))
  expect(texts.alarm).toEqual(
    Object.fromEntries(Object.entries(kinds).map(([name, { title }]) => [name, title])),
  )
})

test('every section that the console names is in the runbook', () => {
  const sections = [...read('docs/runbook.md').matchAll(/^## (.+)$/gm)].map(([, name]) => name)
  expect(alarmNames.filter((name) => !sections.includes(name))).toEqual([])
})
