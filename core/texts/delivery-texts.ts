import type { Language } from './texts-model.ts'

/** Outcomes of tries as they are stored, in English, and in Japanese. */
const japanese: readonly (readonly [RegExp, string])[] = [
  [/^status (\d+)$/, 'ステータス $1'],
  [/^sent$/, '送信済み'],
  [/^no answer$/, '応答なし'],
  [/^no answer \((\w+)\)$/, '応答なし($1)'],
  [/^no answer within (\d+) seconds$/, '$1 秒以内に応答なし'],
  [/^the address is not allowed$/, '許可されていないアドレスです'],
  [/^the endpoint is switched off$/, '送信先は無効です'],
  [/^there is nobody to write to$/, '送信先のメールアドレスがありません'],
  [/^mail was not accepted \((\w+)\)$/, 'メールが受け付けられませんでした($1)'],
  [
    /^mail was not accepted \((\w+)\), for (\d+) of (\d+) addresses$/,
    'メールが受け付けられませんでした($1、$3 件中 $2 件の宛先)',
  ],
]

/** The outcome of a try to deliver, in the reader's language. An outcome of an earlier deployment stays as it is. */
export function outcomeText(outcome: string, language: Language): string {
  if (language === 'en') return outcome
  const found = japanese.find(([pattern]) => pattern.test(outcome))
  return found === undefined ? outcome : outcome.replace(found[0], found[1])
}
