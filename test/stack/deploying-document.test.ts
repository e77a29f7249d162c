import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { supportedRegions } from '../../lib/regions.ts'
import { type Setting, settings } from '../../lib/settings.ts'
import { leftOutStacks, leftOutTypes } from '../deploy/assembly.ts'

const document = readFileSync(new URL('../../docs/deploying.md', import.meta.url), 'utf8')

test('docs/deploying.md lists every setting as the code has it, and no other', () => {
  const [, table = ''] = document.split(/^\| key .*\n\|[- |]+\n/m)
  const rows = table
    .split(/\n(?!\|)/, 1)[0]
    ?.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, ...cells]) => cells.slice(0, -1))
  const expected = Object.entries<Setting>(settings).map(
    ([key, { meaning, must, default: value, otherwise }]) => [
      `\`${key}\``,
      meaning,
      must,
      otherwise ?? (value === undefined ? 'refused' : `\`${value}\``),
    ],
  )
  expect(rows).toEqual(expected)
})

test('docs/deploying.md names what a deploy to the emulator leaves out', () => {
  for (const name of [...leftOutTypes, ...leftOutStacks])
    expect(document).toContain(`\`${name}\` is left out`)
})

test('docs/deploying.md lists the supported Regions as the code has them', () => {
  const [, list = ''] = /<!-- regions: .*-->\n\n([\s\S]*?)\n\n/.exec(document) ?? []
  expect(list.split(/,\s*/)).toEqual([...supportedRegions])
})
