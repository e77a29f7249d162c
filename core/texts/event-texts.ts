import { problemText } from './meter-texts.ts'
import type {
  EventRejectionCode,
  Language,
  MeterProblemCode,
  ProblemText,
  RefusalText,
  TextFacts,
} from './texts-model.ts'

/** The rejections that only usage events have. Functions of other calls do not link their texts. */
type OwnCode = Exclude<EventRejectionCode, 'METER_ENDED'>
type Texts = Readonly<Record<OwnCode, (facts: TextFacts) => ProblemText>>

const en: Texts = {
  BAD_EVENT: () => ({
    title: 'The event is not valid',
    detail: 'Each entry of "errors" names a field and what it must be.',
  }),
  UNKNOWN_METER: ({ meter }) => ({
    title: 'Unknown meter',
    detail: `No rate card and no list of unrated APIs names ${meter === undefined ? 'this meter' : `"${meter}"`}.`,
  }),
  EVENT_TOO_OLD: () => ({
    title: 'The event is too old',
    detail: "The event's time is more than 34 days ago.",
  }),
  EVENT_IN_FUTURE: () => ({
    title: 'The event lies in the future',
    detail: "The event's time is more than 5 minutes ahead.",
  }),
}

const ja: Texts = {
  BAD_EVENT: () => ({
    title: 'イベントが正しくありません',
    detail: '「errors」の各項目に、該当する欄と満たすべき条件を示します。',
  }),
  UNKNOWN_METER: ({ meter }) => ({
    title: 'メーターが見つかりません',
    detail: `${meter === undefined ? 'このメーター' : `「${meter}」`}は、レート表にも課金対象外 API の一覧にもありません。`,
  }),
  EVENT_TOO_OLD: () => ({
    title: 'イベントが古すぎます',
    detail: 'イベントの time が 34 日より前です。',
  }),
  EVENT_IN_FUTURE: () => ({
    title: 'イベントが未来の日時です',
    detail: 'イベントの time が 5 分より先です。',
  }),
}

const texts = { en, ja }

/** Title and detail of the rejection of a usage event, or of a problem of its request. */
export function eventText(
  code: MeterProblemCode | EventRejectionCode,
  language: Language,
  facts: TextFacts = {},
): ProblemText & Partial<RefusalText> {
  return isOwn(code) ? texts[language][code](facts) : problemText(code, language, facts)
}

function isOwn(code: MeterProblemCode | EventRejectionCode): code is OwnCode {
  return Object.hasOwn(en, code)
}
