import type { Language } from '../core/texts/texts-model.ts'

export type InputMessage = keyof typeof messages

export type Limit = string | number

type Text = Readonly<Record<Language, string | ((limit: Limit) => string)>>

/** Rules of fields as texts. A text never repeats the sent value. */
const messages = {
  required: { en: 'is required', ja: '必須です' },
  unknownField: { en: 'is not a field of this call', ja: 'この呼び出しにない項目です' },
  text: { en: 'must be a string', ja: '文字列にしてください' },
  number: { en: 'must be a number', ja: '数値にしてください' },
  whole: {
    en: 'must be a whole number',
    ja: '整数にしてください',
  },
  boolean: { en: 'must be true or false', ja: 'true または false にしてください' },
  list: { en: 'must be an array', ja: '配列にしてください' },
  object: { en: 'must be an object', ja: 'オブジェクトにしてください' },
  oneOf: {
    en: (limit: Limit) => `must be one of ${limit}`,
    ja: (limit: Limit) => `次のいずれかにしてください: ${limit}`,
  },
  atLeast: {
    en: (limit: Limit) => `must be at least ${limit}`,
    ja: (limit: Limit) => `${limit} 以上にしてください`,
  },
  atMost: {
    en: (limit: Limit) => `must be at most ${limit}`,
    ja: (limit: Limit) => `${limit} 以下にしてください`,
  },
  withinQuantity: { en: 'must be at most quantity', ja: 'quantity 以下にしてください' },
  itemsMin: {
    en: (limit: Limit) => (limit === 1 ? 'must not be empty' : `must have at least ${limit} items`),
    ja: (limit: Limit) => (limit === 1 ? '空にしないでください' : `${limit} 件以上にしてください`),
  },
  itemsMax: {
    en: (limit: Limit) => `must have at most ${limit} items`,
    ja: (limit: Limit) => `${limit} 件以下にしてください`,
  },
  id: {
    en: 'must be 1 to 64 characters of A-Z a-z 0-9 . _ - and not . or ..',
    ja: 'A-Z a-z 0-9 . _ - の 1〜64 文字にしてください(. と .. は不可)',
  },
  lowerCaseName: {
    en: 'must be 1 to 64 lower-case letters, digits or hyphens',
    ja: '英小文字、数字、ハイフンの 1〜64 文字にしてください',
  },
  name: {
    en: 'must be 1 to 100 characters on one line, without control characters',
    ja: '制御文字を含まない 1 行、1〜100 文字にしてください',
  },
  visible: {
    en: 'must not contain invisible characters or characters that change the direction of the text',
    ja: '見えない文字や文字の向きを変える文字を含めないでください',
  },
  reason: {
    en: 'must be 1 to 500 characters on one line, without control characters',
    ja: '制御文字を含まない 1 行、1〜500 文字にしてください',
  },
  instant: {
    en: 'must be an existing RFC 3339 instant with offset, such as 2026-01-15T09:00:00Z',
    ja: '実在する RFC 3339 の日時(時差つき)にしてください。例: 2026-01-15T09:00:00Z',
  },
  calendarDay: {
    en: 'must be an existing day, such as 2026-01-15',
    ja: '実在する日付にしてください。例: 2026-01-15',
  },
  period: { en: 'must be a month, such as 2026-01', ja: '年月にしてください。例: 2026-01' },
  threeDecimals: {
    en: 'must have at most three decimals',
    ja: '小数点以下は 3 桁までにしてください',
  },
  pageSize: { en: 'must be a number from 1 to 100', ja: '1〜100 の数にしてください' },
  unique: { en: 'must not repeat an item', ja: '同じ項目を繰り返さないでください' },
  email: { en: 'must be an e-mail address', ja: 'メールアドレスにしてください' },
  unknownMeter: {
    en: 'is neither a meter of a rate card nor an unrated API',
    ja: 'レート表のメーターでも課金対象外 API でもありません',
  },
  endedMeter: { en: 'has ended', ja: '終了しています' },
  eventId: {
    en: 'must be 1 to 128 printable ASCII characters without spaces or #',
    ja: '空白と # を除く印字可能な ASCII 文字 1〜128 文字にしてください',
  },
  source: {
    en: 'must be a URI reference of 1 to 256 characters',
    ja: '1〜256 文字の URI 参照にしてください',
  },
  jsonType: {
    en: 'must be application/json',
    ja: 'application/json にしてください',
  },
  extensionName: {
    en: 'extension attributes have 1 to 20 lower-case letters or digits',
    ja: '拡張属性の名前は英小文字と数字の 1〜20 文字です',
  },
  scalar: {
    en: 'must be a string, a number or a boolean',
    ja: '文字列、数値、真偽値のいずれかにしてください',
  },
  reference: {
    en: 'must be 1 to 140 characters of A-Z a-z 0-9 . _ : ~ -',
    ja: 'A-Z a-z 0-9 . _ : ~ - の 1〜140 文字にしてください',
  },
  json: {
    en: 'the body must be valid JSON in UTF-8',
    ja: '本文は UTF-8 の正しい JSON にしてください',
  },
  events: {
    en: 'must be a CloudEvent, or an array of CloudEvents',
    ja: 'CloudEvent、または CloudEvent の配列にしてください',
  },
  body: { en: 'a JSON body is required', ja: 'JSON の本文が必要です' },
  depth: {
    en: (limit: Limit) => `must not be nested deeper than ${limit} levels`,
    ja: (limit: Limit) => `入れ子は ${limit} 段までにしてください`,
  },
  invalid: { en: 'is not valid', ja: '正しくありません' },
} as const satisfies Record<string, Text>

const texts = new Map<string, Text>(Object.entries(messages))

/** Adds the texts of rules that few functions have, so that the other functions do not carry them. */
export function addMessages(more: Readonly<Record<string, Text>>): void {
  for (const [message, text] of Object.entries(more)) texts.set(message, text)
}

/** The text of a rule in a language. `limit` is the rule's bound, if it has one. */
export function inputMessage(message: string, language: Language, limit: Limit = ''): string {
  const text = (texts.get(message) ?? messages.invalid)[language]
  return typeof text === 'string' ? text : text(limit)
}

export function isInputMessage(text: string): boolean {
  return texts.has(text)
}
