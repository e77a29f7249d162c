import type { CannotTell } from '../catalog/classifier.ts'
import type { Language, ProblemText } from './texts-model.ts'

const titles: Readonly<Record<Language, string>> = {
  en: 'The meter of this request cannot be determined',
  ja: 'このリクエストのメーターを判定できません',
}

const details: Readonly<Record<Language, Readonly<Record<CannotTell, string>>>> = {
  en: {
    api: 'The path is not that of a call whose meter the classifier knows. Calls of APIs that are not rated need no classification; authorize them under the name of their API.',
    'file-type':
      'The job does not name a file of a known type, so it may be complex or simple. "missing" names the part that would tell. A request that is only classified may name the file as body.input.rootFilename.',
    quantity:
      'The use of this call is known only after its work. Authorize the most that it may take, and capture what it took. "missing" names what the request does not tell.',
  },
  ja: {
    api: 'メーターを判定できる呼び出しのパスではありません。課金対象外 API の呼び出しに判定は不要です。その API の名前で承認を求めてください。',
    'file-type':
      'ジョブに種類のわかるファイル名がないため、コンプレックスかシンプルかを判定できません。"missing" は判定に必要な項目です。判定だけのリクエストでは body.input.rootFilename でファイル名を指定できます。',
    quantity:
      'この呼び出しの使用量は処理の後にわかります。最大量で承認を求め、実際の使用量を報告してください。"missing" はリクエストからわからない項目です。',
  },
}

/** The text for a request whose meter cannot be determined. It is apart from other texts, because one function alone needs it. */
export function unclassifiedText(reason: CannotTell, language: Language): ProblemText {
  return { title: titles[language], detail: details[language][reason] }
}
