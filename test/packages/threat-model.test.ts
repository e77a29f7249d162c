import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const page = new URL('../../docs/threat-model.md', import.meta.url)
const text = readFileSync(page, 'utf8')
const rows = text.split('\n').filter((line) => /^\| \d [STRIDE] \|/.test(line))
const linksIn = (part: string) => [...part.matchAll(/\]\(([^)#]+)/g)].map(([, link]) => String(link))

test('every threat says what stops it, and names a test that is there', () => {
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows) {
    const [, , threat, stops = '', proof = ''] = row.split('|').map((cell) => cell.trim())
    expect(stops, threat).not.toBe('')
    const links = linksIn(proof)
    expect(links.length, threat).toBeGreaterThan(0)
    for (const link of links)
      expect([link, existsSync(fileURLToPath(new URL(link, page)))]).toEqual([link, true])
    for (const link of links) expect(link).toMatch(/^\.\.\/test\/.*\.test\.ts$/)
  }
})

test('every kind of threat and every boundary was thought of', () => {
  const kinds = new Set(rows.map((row) => row.charAt(4)))
  expect([...kinds].sort().join('')).toBe('DEIRST')
  const boundaries = new Set(rows.map((row) => row.charAt(2)))
  for (const [, number = ''] of text.matchAll(/\[+\(*"?(\d) [A-Z]/g)) expect(boundaries).toContain(number)
  expect([...boundaries].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
})
