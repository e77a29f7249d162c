import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../hub/locales/ja', import.meta.url))

/** Two English words in a row are a phrase that was not translated. Names of products begin with a capital. */
const phrase = /\b[a-z]{2,} [a-z]{2,}\b/g

function textsIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : Object.values(Object(value)).flatMap(textsIn)
}

const phrasesIn = (text: string) => text.replaceAll(/\{\{.*?\}\}|https?:\S+/g, '').match(phrase) ?? []

test.for(readdirSync(folder))('the Japanese texts of %s have no English phrase', (name) => {
  const texts = textsIn(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))
  expect(texts.flatMap(phrasesIn)).toEqual([])
})

test('an English phrase is found', () => expect(phrasesIn('結果: timed out')).toEqual(['timed out']))
