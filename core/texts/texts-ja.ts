import { usdText } from './mail-model.ts'
import { afterPaymentMethod } from './money-facts.ts'
import { eligibilityText } from './money-texts-ja.ts'
import type { MeterRefusalCode, RefusalTexts } from './texts-model.ts'

/** The reason why use cannot be taken back. */
const reversalObstacles: Readonly<Record<string, string>> = {
  reversed: '別の ID ですでに取り消されています',
  retired: '記録はアーカイブにのみ残っています',
  'unit-size': '課金単位の大きさがその後変更されています',
  'too-many-days': '報告された日数が多すぎます',
}

/** The end of a purchase, by its status. */
const purchaseStates: Readonly<Record<string, string>> = {
  paid: '支払い済みです',
  'given-up': '取りやめられました',
  refunded: '返金されました',
  'charged-back': '支払いが取り消されました',
}

/** The refusals of calls that no service makes. */
export const ja: Omit<RefusalTexts, MeterRefusalCode> = {
  PAY_AS_YOU_GO_NOT_ELIGIBLE: (facts) => ({
    title: '後払い(従量課金)をご利用いただけません',
    detail: `後払い(従量課金)には、対象の国、クレジットカードまたは PayPal、良好なアカウント状態が必要です: ${
      eligibilityText(facts) ?? 'いずれかを満たしていません'
    }。`,
    resolve: afterPaymentMethod(facts)
      ? '満たしていない条件をすべて解消してください。Flexトークンの購入にも、クレジットカードまたは PayPal が必要です。'
      : '満たしていない条件をすべて解消するか、Flexトークンを使用してください。',
  }),
  PAYMENT_METHOD_REQUIRED: () => ({
    title: 'お支払い方法が必要です',
    detail: 'この購入に使用できるお支払い方法が、チームに登録されていません。',
    resolve: 'チームのお支払い方法に、クレジットカードまたは PayPal を登録してください。',
  }),
  PRICE_CHANGED: ({ usdCents }) => ({
    title: '価格が変更されています',
    detail: `購入は行われていません。現在の価格は ${usdText(usdCents)} です。`,
    resolve: '現在の価格を確認してから、もう一度購入してください。',
  }),
  PURCHASE_CLOSED: ({ because }) => ({
    title: 'この購入は終了しています',
    detail: `この購入は、支払うことも取り消すこともできません: ${purchaseStates[because ?? ''] ?? '終了しています'}。`,
    resolve:
      because === 'paid'
        ? '購入したトークンをそのままご利用ください。追加のトークンは新しい ID で購入してください。'
        : '新しい ID で購入し直してください。',
  }),
  NOT_REVERSIBLE: ({ because }) => ({
    title: 'この使用は取り消せません',
    detail: `${reversalObstacles[because ?? ''] ?? 'この操作は取り消せません'}。`,
    resolve: '補償が必要な場合は、代わりに調整でクレジットを付与してください。',
  }),
  TOO_MANY_LOTS: () => ({
    title: 'Flexトークンの購入件数が上限に達しています',
    detail:
      'チームが同時に保有できる Flexトークンの購入件数に達しています。支払いが済んでいない購入も件数に含まれます。',
    resolve:
      '先に購入分を使い切るか、有効期限をお待ちください。支払いが済んでいない購入を取りやめることもできます。一度に多く購入すると、購入件数は少なくて済みます。',
  }),
  TOO_MANY_LIMITS: () => ({
    title: 'アプリの上限の件数が限度に達しています',
    detail: 'チームが設定できるアプリの上限の件数に達しています。',
    resolve: '不要になった上限を解除してください。',
  }),
  TOO_MANY_BUDGETS: () => ({
    title: '予算の件数が限度に達しています',
    detail: 'チームが作成できる予算の件数に達しています。',
    resolve: '不要になった予算を取り消してください。',
  }),
  TOO_MANY_SUBSCRIPTIONS: () => ({
    title: 'サブスクリプションの行数が上限に達しています',
    detail:
      '外したサブスクリプションの行は翌月末まで残ります。それらと合わせると、チームに設定できる行数を超えます。',
    resolve: '行数を減らすか、翌月が終わってから設定してください。',
  }),
  APP_OF_ANOTHER_TEAM: () => ({
    title: '別のチームのアプリです',
    detail: 'このクライアント ID は、すでに別のチームに登録されています。',
    resolve: 'クライアント ID とチームを確認してください。',
  }),
  RATE_CARD_EXISTS: () => ({
    title: 'このレート表はすでに公開されています',
    detail: 'このバージョンのレート表は公開済みです。公開済みのレート表は変更できません。',
    resolve: '変更は新しいバージョンとして公開してください。',
  }),
  RATE_CARD_TOO_SOON: () => ({
    title: 'レート表の適用開始が早すぎます',
    detail:
      'レート表は、適用開始の 24 時間以上前に、かつ直前のレート表より後の適用開始で公開する必要があります。',
    resolve: 'effectiveAt をより後の日時にしてください。',
  }),
  CATALOG_VERSION_EXISTS: () => ({
    title: 'このバージョンはすでに公開されています',
    detail: '公開済みのバージョンは変更できません。',
    resolve: '変更は新しいバージョンとして公開してください。',
  }),
  CATALOG_VERSION_TOO_SOON: () => ({
    title: '適用開始が早すぎます',
    detail: '適用開始の 24 時間以上前に公開する必要があります。',
    resolve: 'effectiveAt をより後の日時にしてください。',
  }),
  TOO_MANY_VERSIONS: () => ({
    title: 'バージョンが多すぎます',
    detail: 'この種類のバージョンは上限の 150 件に達しています。',
    resolve: 'この上限は Tollgate の開発者が引き上げられます。',
  }),
  HUB_REQUIRED: () => ({
    title: 'デベロッパーハブがありません',
    detail: 'アプリの移行には、チームのデベロッパーハブが必要です。',
    resolve: 'チームの管理者が先にデベロッパーハブを作成してください。',
  }),
  LAST_ADMIN: () => ({
    title: '最後の管理者です',
    detail: 'このメンバーがいなくなると、チームに管理者がいなくなり、誰も変更できなくなります。',
    resolve: '先に、招待を承諾済みのほかのメンバーを管理者にしてください。',
  }),
  MEMBER_EXISTS: () => ({
    title: 'すでにメンバーです',
    detail: 'このメールアドレスのメンバーが、すでにチームにいます。',
    resolve: 'そのメンバーを変更するか、別のメールアドレスを使用してください。',
  }),
  TOO_MANY_MEMBERS: () => ({
    title: 'メンバーが多すぎます',
    detail: 'チームのメンバー数が上限に達しています。',
    resolve: '不要になったメンバーを削除してください。',
  }),
  TOO_MANY_INVITATIONS: () => ({
    title: '未回答の招待が多すぎます',
    detail: 'このメールアドレスへの未回答の招待が上限に達しています。',
    resolve: '招待された本人が、先に未回答の招待を承諾または辞退してください。',
  }),
  NOT_HERE: () => ({
    title: 'チームは別の場所で管理されています',
    detail: 'チームと役割は、ご利用のサインインサービスが決めています。ここでは変更できません。',
    resolve: 'サインインサービスの管理者にお問い合わせください。',
  }),
  TOO_MANY_SECRETS: () => ({
    title: 'シークレットが多すぎます',
    detail:
      'この Webhook では、置き換え後 1 日間有効な以前のシークレットが 10 個あり、まだ署名に使われています。',
    resolve: '最新のシークレットを使うか、以前のシークレットの期限が切れてから置き換えてください。',
  }),
  TESTED_JUST_NOW: () => ({
    title: 'テストしたばかりです',
    detail: '1 つの Webhook に送信できるテストイベントは 10 秒に 1 回までです。今回は何も送信していません。',
    resolve: '10 秒たってから、次のテストイベントを送信してください。',
  }),
}
