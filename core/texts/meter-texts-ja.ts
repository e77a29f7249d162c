import { choosePaidText, lapsedText, payText } from './money-texts-ja.ts'
import type { MeterTexts, TextFacts } from './texts-model.ts'

const useInstead = ({ meters = [] }: TextFacts): string =>
  meters.length === 0 ? '代わりのメーターはありません。' : `代わりに ${meters.join('、')} を使ってください。`

const meterOf = ({ meter }: TextFacts): string => (meter === undefined ? 'このメーター' : `「${meter}」`)

/** The end of an authorization, by its reason. */
const closures: Readonly<Record<string, string>> = {
  final: '最終の使用量が報告されました',
  void: '取り消されました',
  expired: '有効期限が切れました',
  'used-up': '許可した量をすべて使用しました',
  reversed: '使用が取り消されました',
}

/** The reason why a quote does not hold. */
const quoteFaults: Readonly<Record<string, string>> = {
  unknown: 'この ID の見積もりはありません。',
  expired: '見積もりの有効期限が切れました。',
  'other-use': 'アプリ、メーターまたは数量が見積もりと合いません。',
  'plan-changed': '有料プランに登録する前の見積もりです。',
}

/** Terms follow the Japanese announcement; the titles of an authorization's refusals are fixed wording. */
export const ja: MeterTexts = {
  endings: {
    worksAgain: 'その後、アプリはすぐに再開します。',
    wait: 'または、時間の経過で再開するまでお待ちください。',
  },
  refusals: {
    AUTHORIZATION_CLOSED: ({ because }) => ({
      title: 'この使用の許可は終了しています',
      detail: `この ID の使用は以前に許可され、その許可はすでに終了しています: ${
        closures[because ?? ''] ?? '確保している量はありません'
      }。`,
      resolve: 'この許可では処理を開始せず、新しい authorizationId で許可を求めてください。',
    }),
    UNKNOWN_APP: () => ({
      title: 'アプリが見つかりません',
      detail: 'このクライアント ID のアプリは登録されていません。',
      resolve:
        'クライアント ID を確認するか、アプリを登録し、プランのあるチームのデベロッパーハブに移行してください。',
    }),
    QUOTE_NOT_VALID: ({ because }) => ({
      title: '見積もりが有効ではありません',
      detail: quoteFaults[because ?? ''] ?? 'この見積もりは使えません。',
      resolve: 'この使用の見積もりを取り直してください。',
    }),
    APP_NOT_IN_HUB: () => ({
      title: 'アプリがデベロッパーハブに移行されていません',
      detail: '移行の期限を過ぎたため、チームのデベロッパーハブにないアプリは API を呼び出せません。',
      resolve:
        'チームの管理者が、デベロッパーハブがなければ作成し、アプリをデベロッパーハブに移行してください。',
    }),
    NO_PLAN: (facts) => ({
      title: 'プランに登録されていません',
      detail:
        '移行の期限を過ぎたため、無料プランまたは有料プランに登録していないチームのアプリは API を呼び出せません。',
      resolve: facts.isFreeAmountUsedUp
        ? choosePaidText(facts)
        : 'チームの管理者が無料プラン、または Flexトークンか後払い(従量課金)のある有料プランに登録してください。',
    }),
    TEAM_SUSPENDED: ({ because }) => ({
      title: 'チームは停止されています',
      detail:
        because === undefined
          ? '運営者がこのチームを停止しました。'
          : `運営者がこのチームを停止しました。理由: ${because}`,
      resolve: 'サポートにお問い合わせください。',
    }),
    PAYMENT_OVERDUE: () => ({
      title: 'お支払いが確認できていません',
      detail: '未払いの金額のお支払いが確認できないため、課金対象 API を停止しています。',
      resolve: 'チームの管理者がお支払い方法を修正し、期限を過ぎた金額をすべてお支払いください。',
    }),
    APP_LIMIT_REACHED: (facts) => ({
      title: 'アプリの上限に達しました',
      detail: `チームがこのアプリに設定した${meterOf(facts)}の月間の上限の残りが足りません。`,
      resolve: 'チームの管理者がアプリの上限を引き上げるか解除してください。',
    }),
    BUDGET_EXHAUSTED: (facts) => ({
      title: '予算の残りが足りません',
      detail:
        facts.because === undefined
          ? `予算の残りが${meterOf(facts)}の使用に足りません。`
          : '予算は終了したか、取り消されました。',
      resolve: 'チームの管理者が新しい予算を作成してください。',
    }),
    SHORTFALL_DUE: (facts) => ({
      title: '不足分のお支払いが必要です',
      detail: `実行済みの処理のお支払いが不足しているため、課金対象 API を停止しています。${lapsedText(facts)}`,
      resolve: `${payText(facts)}不足分から先に充当されます。`,
    }),
    FREE_LIMIT_REACHED: (facts) => ({
      title: '月間使用量上限に達しました',
      detail:
        facts.stoppedBy === undefined
          ? `${meterOf(facts)}の月間使用量上限の残りが足りません。ほかの API は引き続き利用できます。`
          : `「${facts.stoppedBy}」が月間使用量上限に達したため、その API 全体を停止しています。ほかの API は引き続き利用できます。`,
      resolve: choosePaidText(facts),
    }),
    TOKENS_EXHAUSTED: (facts) => ({
      title: 'Flexトークンが不足しています',
      detail: `確保済みの分を除いた Flexトークンが、${meterOf(facts)}の使用に足りません。${lapsedText(facts)}`,
      resolve: payText(facts),
    }),
    SPEND_LIMIT_REACHED: (facts) => ({
      title: '今月の支出上限に達しました',
      detail: `今月の支出上限の残りも Flexトークンも、${meterOf(facts)}の使用に足りません。`,
      resolve: 'チームの管理者が支出上限を引き上げるか、Flexトークンを購入してください。',
    }),
    IDEMPOTENCY_CONFLICT: () => ({
      title: 'この ID は別の内容で使用されています',
      detail: '同じ ID で内容の異なる操作を、すでに受け付けています。',
      resolve: '同じ内容で送り直すか、新しい ID を使用してください。',
    }),
  },
  problems: {
    UNAUTHENTICATED: () => ({
      title: '認証が必要です',
      detail: 'Authorization ヘッダーに有効なベアラートークンが必要です。',
    }),
    INSUFFICIENT_SCOPE: () => ({
      title: 'このトークンでは呼び出せません',
      detail: 'この呼び出しに必要なスコープがトークンにありません。',
    }),
    NOT_FOUND: () => ({
      title: '見つかりません',
      detail: '該当するものがないか、このトークンでは参照できません。',
    }),
    ADMIN_REQUIRED: () => ({
      title: 'チームの管理者のみ可能です',
      detail: '閲覧や変更は、チームの管理者だけが行えます。',
    }),
    PAYLOAD_TOO_LARGE: ({ limit }) => ({
      title: '本文が大きすぎます',
      detail:
        limit === undefined
          ? '一度に送る量を減らしてください。'
          : `本文は ${limit} バイト以内にしてください。`,
    }),
    UNSUPPORTED_MEDIA_TYPE: ({ encoding }) => ({
      title:
        encoding === undefined ? '対応していない Content-Type です' : '対応していない Content-Encoding です',
      detail:
        encoding === undefined
          ? 'JSON を Content-Type: application/json(使用イベントは application/cloudevents+json、application/cloudevents-batch+json も可)で送ってください。'
          : `Content-Encoding: ${encoding} の本文は読み取れません。圧縮せずに送ってください。`,
    }),
    BAD_REQUEST: () => ({
      title: '要求が正しくありません',
      detail: '「errors」の各項目に、該当する欄と満たすべき条件を示します。',
    }),
    PRECONDITION_FAILED: () => ({
      title: 'ほかの人が先に変更しました',
      detail:
        '読み込んだ後にほかの人が変更したため(If-Match)、保存しませんでした。もう一度読み込んでから変更してください。',
    }),
    BUSY: ({ isUncertain }) => ({
      title: '混み合っています',
      detail: isUncertain
        ? 'このアカウントへの操作が集中しています。イベントが記録されたかどうかは確認できていません。同じ内容でもう一度送ってください。同じ id は一度だけ数えます。'
        : 'このアカウントへの操作が集中しています。何も実行していません。もう一度送ってください。',
    }),
    INTERNAL_ERROR: () => ({
      title: '内部エラー',
      detail:
        '応答できませんでした。同じ要求を送り直しても問題ありません。お問い合わせには requestId を添えてください。',
    }),
    METER_ENDED: (facts) => ({
      title: 'メーターは終了しています',
      detail: `${meterOf(facts)}は終了しています。${useInstead(facts)}`,
    }),
  },
  warnings: {
    GRACE_PERIOD: () => ({
      title: '猶予期間',
      detail:
        '期限までにチームがプランに登録し、アプリをデベロッパーハブに移行しないと、そのアプリは停止します。',
    }),
    FREE_LIMIT_REACHED: (facts) => ({
      title: '月間使用量上限に達しました',
      detail: `${meterOf(facts)}の月間使用量上限の残りが足りないか、同じ API の別のメーターが上限に達しています。期限を過ぎると、この要求は停止の対象になります。`,
    }),
  },
}
