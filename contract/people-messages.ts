import { addMessages, isInputMessage, type Limit } from './input-messages.ts'

/** Texts of rules that only the calls of people have. The functions that services call do not carry them. */
const messages = {
  teamQuery: {
    en: 'must be 1 to 254 characters with a letter or digit',
    ja: '文字か数字を含む 1〜254 文字にしてください',
  },
  uniqueAmounts: {
    en: 'must not name a product and a meter twice',
    ja: '同じ製品とメーターの組を繰り返さないでください',
  },
  uniqueMeters: { en: 'must not name a meter twice', ja: '同じメーターを繰り返さないでください' },
  minimumTokens: {
    en: (limit: Limit) => `must be at least ${limit}, the smallest purchase`,
    ja: (limit: Limit) => `最低購入数の ${limit} 以上にしてください`,
  },
  uniqueNames: { en: 'must not repeat a name', ja: '同じ名前を繰り返さないでください' },
  risingSteps: {
    en: 'each step must begin at more tokens than the one before it',
    ja: '各段階は前の段階より多いトークン数から始めてください',
  },
  pricedMinimum: {
    en: 'the first step must begin at no more than minimumTokens',
    ja: '最初の段階は minimumTokens 以下から始めてください',
  },
  ratedName: {
    en: 'is a meter or a rated API of a published card',
    ja: '公開済みのレート表にあるメーターまたは課金対象 API です',
  },
  country: {
    en: 'must be a country code of two capital letters, such as US',
    ja: '2 文字の大文字の国コードにしてください。例: US',
  },
  opensBeforeDeadline: {
    en: 'must be later than opensAt',
    ja: 'opensAt より後にしてください',
  },
  notBeforeFrom: { en: 'must not be before from', ja: 'from 以後にしてください' },
  daysMax: {
    en: 'must be less than 400 days after from',
    ja: 'from から 400 日未満にしてください',
  },
  monthsMax: {
    en: 'must be less than 24 months after from',
    ja: 'from から 24 か月未満にしてください',
  },
  monthsInTable: {
    en: 'must be a later month: older use was moved to the archive',
    ja: 'これより前の使用量はアーカイブに移されています。後の月を指定してください',
  },
  groupBy: {
    en: 'must be day or month, meter and app, or some of them, separated by commas',
    ja: 'day または month、meter、app をコンマ区切りで指定してください',
  },
  dayOrMonth: {
    en: 'must not be day and month together',
    ja: 'day と month は同時に指定できません',
  },
  webhookUrl: {
    en: 'must be an https address on the public internet, without user, password or fragment',
    ja: 'ユーザー名、パスワード、フラグメントのない、公開インターネット上の https アドレスにしてください',
  },
  memberIdOfPath: {
    en: 'must be the id in the path, or absent',
    ja: 'パスの ID と同じにするか、省略してください',
  },
  webhookIdOfUrl: {
    en: 'must be the id of the webhook with this address; leave it out for a new webhook',
    ja: 'このアドレスの Webhook の ID にしてください。新しい Webhook では省略してください',
  },
  appOfTeam: {
    en: 'must be an app of the team',
    ja: 'チームのアプリの ID にしてください',
  },
  cursor: {
    en: 'must be a cursor of an earlier answer',
    ja: '以前の応答のカーソルにしてください',
  },
  deadLetterQueue: {
    en: 'must be a queue that GET /v1/dead-letters lists',
    ja: 'GET /v1/dead-letters の一覧にあるキューにしてください',
  },
  examinedTeams: {
    en: 'must be a whole number from 1 to 1000',
    ja: '1〜1000 の整数にしてください',
  },
  paidPlanOnly: { en: 'needs the paid plan', ja: '有料プランが必要です' },
  authorizationOrEvent: {
    en: 'must name either an authorizationId, or the source and id of a usage event',
    ja: 'authorizationId か、使用イベントの source と id の、どちらか一方を指定してください',
  },
  tokensOrUsdCents: {
    en: 'must have exactly one of tokens and usdCents',
    ja: 'tokens と usdCents のどちらか一方だけを指定してください',
  },
  noRatedMeter: { en: 'is not a meter of a rate card', ja: 'レート表にないメーターです' },
  unknownTeam: { en: 'is not a registered team', ja: '登録されていないチームです' },
  method: { en: 'must be an HTTP method', ja: 'HTTP メソッドにしてください' },
  rooted: { en: 'must begin with /', ja: '/ で始めてください' },
  lotId: {
    en: 'must be the id of a purchase, or adjustment: and the id of an adjustment',
    ja: '購入の ID、または adjustment: に続けて調整の ID にしてください',
  },
} as const

/** The key of a text in this file. Only `sayToPeople` makes one, so a function that can answer with it has the texts. */
export type PeopleMessage = string & { readonly isToPeople: true }

/** Names the text of a rule, as `say` does, and makes the texts known. */
/* @__NO_SIDE_EFFECTS__ */
export function sayToPeople(message: keyof typeof messages): PeopleMessage {
  // Not when the module is loaded: a bundler leaves a module out of which it needs nothing but this function's result.
  if (!isInputMessage(message)) addMessages(messages)
  return message as string as PeopleMessage
}
