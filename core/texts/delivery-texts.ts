import type { Language } from './texts-model.ts'

/** Every outcome of a try to deliver, as it is stored: in English, because stored outcomes have no reader yet. */
export const outcomes = {
  status: (status: number) => `status ${status}`,
  sent: () => 'sent',
  noAnswer: () => 'no answer',
  connectionFailed: (code: string) => `no answer (${code})`,
  tooSlow: (seconds: number) => `no answer within ${seconds} seconds`,
  notAllowed: () => 'the address is not allowed',
  switchedOff: () => 'the endpoint is switched off',
  nobody: () => 'there is nobody to write to',
  mailRefused: (name: string) => `mail was not accepted (${name})`,
  mailPartlyRefused: (fault: string, refused: number, all: number) =>
    `${fault}, for ${refused} of ${all} addresses`,
} as const

/** The same outcomes in Japanese. Each pattern takes the facts from the stored text. */
const japanese: Readonly<Record<keyof typeof outcomes, readonly [RegExp, string]>> = {
  status: [/^status (\d+)$/, 'ステータス $1'],
  sent: [/^sent$/, '送信済み'],
  noAnswer: [/^no answer$/, '応答なし'],
  connectionFailed: [/^no answer \((\w+)\)$/, '応答なし($1)'],
  tooSlow: [/^no answer within (\d+) seconds$/, '$1 秒以内に応答なし'],
  notAllowed: [/^the address is not allowed$/, '許可されていないアドレスです'],
  switchedOff: [/^the endpoint is switched off$/, '送信先は無効です'],
  nobody: [/^there is nobody to write to$/, '送信先のメールアドレスがありません'],
  mailRefused: [/^mail was not accepted \((\w+)\)$/, 'メールが受け付けられませんでした($1)'],
  mailPartlyRefused: [
    /^mail was not accepted \((\w+)\), for (\d+) of (\d+) addresses$/,
    'メールが受け付けられませんでした($1、$3 件中 $2 件の宛先)',
  ],
}

/** The outcome of a try to deliver, in the reader's language. An outcome of an earlier deployment stays as it is. */
export function outcomeText(outcome: string, language: Language): string {
  if (language === 'en') return outcome
  const found = Object.values(japanese).find(([pattern]) => pattern.test(outcome))
  return found === undefined ? outcome : outcome.replace(found[0], found[1])
}
