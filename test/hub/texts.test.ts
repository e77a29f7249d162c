import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { meterName } from '../../core/texts/meter-names.ts'

const hub = fileURLToPath(new URL('../../hub', import.meta.url))
const read = (path: string) => readFileSync(`${hub}/${path}`, 'utf8')
const namespaces = readdirSync(`${hub}/locales/en`).map((file) => file.replace('.json', ''))
const sources = readdirSync(hub, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

/** Every text by its key, `a.b`; the forms of a plural under one key. */
function textsOf(language: string, namespace: string): Map<string, readonly string[]> {
  const texts = new Map<string, string[]>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') {
      const key = path.replace(/_(one|other)$/, '')
      texts.set(key, [...(texts.get(key) ?? []), value])
    } else
      for (const [name, child] of Object.entries(Object(value))) walk(child, path ? `${path}.${name}` : name)
  }
  walk(JSON.parse(read(`locales/${language}/${namespace}.json`)), '')
  return texts
}

const placeholders = (texts: readonly string[] = []) =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)))].sort()

/** The keys that a source asks for, as `namespace:key`; `namespace:group.` where the rest of a key is made at run time. */
function keysAskedIn(text: string): string[] {
  const functions = [
    ...text.matchAll(/\{[^}]*?\bt(?:: (\w+))?\b[^}]*\} = useTranslation\((?:'([\w-]+)')?\)/g),
  ]
  const calls = functions.flatMap(([, name = 't', namespace = 'layout']) => {
    const call = new RegExp(`\\b${name}\\(\\s*['\`]([^'\`$]+)`, 'g')
    return [...text.matchAll(call)].map(([, key = '']) => (key.includes(':') ? key : `${namespace}:${key}`))
  })
  const terms = [...text.matchAll(/\bterm\('(\w+)'/g)].map(([, group]) => `terms:${group}.`)
  return [...calls, ...terms]
}

const asked = new Set(sources.flatMap((file) => keysAskedIn(read(file))))
const isAsked = (key: string) =>
  asked.has(key) || [...asked].some((group) => group.endsWith('.') && key.startsWith(group))

test('the texts that the sources ask for are found', () => expect(asked.size).toBeGreaterThan(30))

test('both languages have the same files', () => {
  expect(readdirSync(`${hub}/locales/ja`)).toEqual(readdirSync(`${hub}/locales/en`))
})

describe.each(namespaces)('%s', (namespace) => {
  const [en, ja] = [textsOf('en', namespace), textsOf('ja', namespace)]

  test('has the same texts in both languages', () => {
    expect([...ja.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('fills the same values into both', () => {
    const different = [...en.keys()].filter(
      (key) => `${placeholders(en.get(key))}` !== `${placeholders(ja.get(key))}`,
    )
    expect(different).toEqual([])
  })

  test('has no text that nothing shows', () => {
    expect([...en.keys()].filter((key) => !isAsked(`${namespace}:${key}`))).toEqual([])
  })

  test('has every text that is asked for', () => {
    const keys = [...en.keys()]
    const wanted = [...asked]
      .filter((key) => key.startsWith(`${namespace}:`))
      .map((key) => key.slice(namespace.length + 1))
    const missing = wanted.filter((key) =>
      key.endsWith('.') ? !keys.some((candidate) => candidate.startsWith(key)) : !en.has(key),
    )
    expect(missing).toEqual([])
  })
})

test('every meter and API of the launch has a name in both languages', () => {
  const { rateCards, unratedApis } = JSON.parse(
    readFileSync(`${hub}/../lambdas/store/catalog-data.json`, 'utf8'),
  )
  const rated = rateCards.flatMap(
    ({ meters }: { meters: readonly { meter: string; api: string }[] }) => meters,
  )
  const keys = [
    ...rated.map(({ api }: { api: string }) => `api.${api}`),
    ...unratedApis.flatMap(({ apis }: { apis: string[] }) => apis.map((api) => `api.${api}`)),
  ]
  const meters = rated.map(({ meter }: { meter: string }) => meter)
  expect(keys.length + meters.length).toBeGreaterThan(50)
  for (const language of ['en', 'ja'] as const) {
    expect(keys.filter((key) => !textsOf(language, 'terms').has(key))).toEqual([])
    expect(meters.filter((meter: string) => meterName(meter, language) === undefined)).toEqual([])
  }
})

test('every file is asked for as a namespace that exists', () => {
  const unknown = [...asked]
    .map((key) => key.split(':')[0] ?? '')
    .filter((name) => !namespaces.includes(name))
  expect(unknown).toEqual([])
})

describe('a text', () => {
  test.each([
    ["const { t } = useTranslation('plan')\n t('title')", ['plan:title']],
    ['const { t } = useTranslation()\n t(`role.$' + '{role}`)', ['layout:role.']],
    ["const { t: layout } = useTranslation('layout')\n layout('skip')", ['layout:skip']],
    ["const { t, i18n } = useTranslation()\n t('terms:meter.a', { at })", ['terms:meter.a']],
  ])('is seen in %s', (text, keys) => expect(keysAskedIn(text)).toEqual(keys))
})
