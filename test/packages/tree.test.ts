import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/* Nothing in the tree could let anybody in, or tells where it was made. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const bytesMax = 2_000_000
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && statSync(join(root, file), { throwIfNoEntry: false })?.isFile())

// Put together here, so that this file is not found itself.
const forbidden: Readonly<Record<string, RegExp>> = {
  'an access key of AWS': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'a private key': new RegExp(['-----BEGIN', '(?:[A-Z]+ )?PRIVATE KEY-----'].join(' ')),
  'a private JWK': /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/,
  'a token': /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  'a token of GitHub, npm, Slack or Stripe':
    /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{30,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{10,})/,
  'a password in an address': /\bhttps?:\/\/[^\s/:@'"`{}$]+:[^\s/@'"`{}$]+@/,
  'a registry':
    /\b(?:registry|npm|pypi|artifactory|nexus)\.(?!npmjs\.org)[a-z0-9-]+\.[a-z]{2,}\b|"resolved"\s*:\s*"[^"]*:/i,
  'a place on a machine': new RegExp(
    ['(?<![\\w.])/(?:home|Users)/[a-z]', '(?<![\\w.-])/wo' + 'rk/', '/t' + 'mp/wt\\b'].join('|'),
  ),
}

/** Tokens and addresses that open nothing, by file. */
const known: Readonly<Record<string, readonly string[]>> = {
  'test/consumers/send-webhook.test.ts': ['a password in an address'],
  // It names that test's rows.
  'test/inventory/before.json': ['a password in an address'],
}

test.each(Object.entries(forbidden))('no file has %s', (what, pattern) => {
  const found = files.filter((file) => {
    if (known[file]?.includes(what) || statSync(join(root, file)).size > bytesMax) return false
    return pattern.test(readFileSync(join(root, file), 'utf8'))
  })
  expect(found).toEqual([])
})

test('the patterns find what they are for', () => {
  const letters = 'Ab3'.repeat(20)
  const planted: Readonly<Record<string, string>> = {
    'an access key of AWS': `AK${'IA'}ABCDEFGHIJKLMNOP`,
    'a private key': ['-----BEGIN', 'RSA PRIVATE KEY-----'].join(' '),
    'a private JWK': `{"d":"${letters}"}`,
    'a token': `ey${'J'}${letters}.ey${'J'}${letters}.${letters}`,
    'a token of GitHub, npm, Slack or Stripe': `gh${'p_'}${letters}`,
    'a password in an address': ['https://user', 'secret@example.com'].join(':'),
    'a registry': ['npm', 'example', 'com'].join('.'),
    'a place on a machine': ['', 'home', 'somebody'].join('/'),
  }
  for (const [what, pattern] of Object.entries(forbidden)) expect(planted[what], what).toMatch(pattern)
  expect(files.length).toBeGreaterThan(400)
})
