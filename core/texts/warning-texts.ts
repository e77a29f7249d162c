import type { MeterWarningCode, WarningCode } from '../warning.ts'
import { isMeterWarning, meterWarningText } from './meter-texts.ts'
import type { Language, ProblemText, TextFacts } from './texts-model.ts'

/** Warnings that no authorization has. The functions that services call do not link their texts. */
type Texts = Readonly<Record<Exclude<WarningCode, MeterWarningCode>, ProblemText>>

const en: Texts = {
  PAYMENT_FAILED: {
    title: 'A payment failed',
    detail:
      'It is tried again. If no try succeeds, rated APIs stop. Correct the payment method, or pay what is due.',
  },
  RATE_CARD_SHORT_NOTICE: {
    title: 'Short notice',
    detail: 'The rate card takes effect in less than 90 days.',
  },
  SHORT_NOTICE: {
    title: 'Short notice',
    detail: 'The version takes effect in less than 90 days.',
  },
}

const ja: Texts = {
  PAYMENT_FAILED: {
    title: 'お支払いに失敗しました',
    detail:
      '再度お支払いを試みますが、すべて失敗すると課金対象 API が停止します。お支払い方法を修正するか、未払いの金額をお支払いください。',
  },
  RATE_CARD_SHORT_NOTICE: {
    title: '予告期間が短いレート表です',
    detail: 'レート表の適用開始まで 90 日未満です。',
  },
  SHORT_NOTICE: {
    title: '予告期間が短くなっています',
    detail: '適用開始まで 90 日未満です。',
  },
}

const texts = { en, ja }

/** Title and detail of any warning. */
export function warningText(code: WarningCode, language: Language, facts: TextFacts = {}): ProblemText {
  return isMeterWarning(code) ? meterWarningText(code, language, facts) : texts[language][code]
}
