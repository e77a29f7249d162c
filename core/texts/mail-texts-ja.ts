import { alertFigure, alertLinks, alertSubject } from './alert-texts-ja.ts'
import { type MailFacts, type MailTexts, usdText } from './mail-model.ts'
import { failedPaymentParagraphs, payText } from './payment-mail-text.ts'

/** The part of the rate card that a used-up free amount stops. */
const stopped = ({ meter, api, freeLimitStops }: MailFacts) =>
  freeLimitStops === 'api' ? `API ${api} 全体` : `メーター ${meter}`

/** The texts of mails to teams, in Japanese. */
export const ja: MailTexts = {
  UsageThresholdReached: ({ meter, percent, used, limit, ...stop }) => ({
    subject: `${meter} の月間使用量上限の ${percent}% を使用しました`,
    paragraphs: [
      `今月、チームは ${meter} の月間使用量上限 ${limit} 基本単位のうち ${used} を使用しました。`,
      `使い切ると、${stopped({ meter, ...stop })}が翌月まで停止します。有料プランに登録すると、超過分は Flexトークンまたは後払い(従量課金)でお支払いいただけます。`,
    ],
  }),
  IncludedThresholdReached: ({ meter, percent, used, limit }) => ({
    subject: `製品サブスクリプションに含まれる ${meter} の ${percent}% を使用しました`,
    paragraphs: [
      `製品サブスクリプションに今月含まれる ${meter} の使用量 ${limit} 基本単位のうち、${used} を使用しました。`,
      'これを超える使用は、プランに応じて、無料プランの月間使用量上限、Flexトークン、または後払い(従量課金)の対象になります。',
    ],
  }),
  UsageBackUnder: ({ meter, percent, used, limit }) => ({
    subject: `${meter} の使用量が月間使用量上限の ${percent}% を下回りました`,
    paragraphs: [
      `誤って報告された ${meter} の使用が取り消されました。`,
      `今月のチームの使用量は、月間使用量上限 ${limit} 基本単位のうち ${used} です。`,
    ],
  }),
  CreditNoteIssued: ({ number, period, meter, usdCents, dueUsdCents }) => ({
    subject: `${period} の請求書のクレジットノート ${number}: ${usdText(usdCents)}`,
    paragraphs: [
      `${period} の請求書に含まれる ${meter} の使用が取り消されました: ${usdText(usdCents)}。`,
      `このうち ${usdText(dueUsdCents)} は請求から差し引かれ、残りは次回の請求のクレジットになります。`,
    ],
  }),
  FreeLimitReached: ({ meter, limit, resumesAt, ...stop }, minute) => ({
    subject: `${meter} が月間使用量上限に達しました`,
    paragraphs: [
      `今月の ${meter} の月間使用量上限 ${limit} 基本単位をすべて使用しました。${minute(resumesAt)} まで、${stopped({ meter, ...stop })}の呼び出しは拒否されます。`,
      'それより前に再開するには、デベロッパーハブで、Flexトークンまたは後払い(従量課金)のある有料プランに登録してください。',
    ],
  }),
  TokensLow: ({ tokens, ofTokens }) => ({
    subject: `Flexトークンの残りは ${tokens} です`,
    paragraphs: [
      `最後に購入した ${ofTokens} トークンの 5 分の 1 を下回りました。残りは ${tokens} トークンです。`,
      'アプリが停止しないように、デベロッパーハブで Flexトークンを購入するか、後払い(従量課金)を有効にしてください。',
    ],
  }),
  TokensExhausted: () => ({
    subject: 'Flexトークンを使い切りました',
    paragraphs: [
      'Flexトークンの残りがありません。後払い(従量課金)でお支払いできない場合、課金対象 API の呼び出しは拒否されます。',
      '再開するには、デベロッパーハブで Flexトークンを購入するか、後払い(従量課金)を有効にしてください。どちらにも、お支払い方法としてクレジットカードまたは PayPal が必要です。',
    ],
  }),
  LotExpiring: ({ lotId, tokens, days, expiresAt }, minute) => ({
    subject: `${tokens} Flexトークンの有効期限まであと ${days} 日です`,
    paragraphs: [
      `購入 ${lotId} の ${tokens} トークンの有効期限は ${minute(expiresAt)} です。それまでに使わない分は失われます。`,
    ],
  }),
  LotExpired: ({ lotId, tokens }) => ({
    subject: `${tokens} Flexトークンの有効期限が切れました`,
    paragraphs: [`購入 ${lotId} の未使用の ${tokens} トークンの有効期限が切れました。`],
  }),
  InvoiceIssued: ({ period, usdCents, dueUsdCents }) => ({
    subject: `${period} の請求書: ${usdText(dueUsdCents)}`,
    paragraphs: [
      `${period} の後払い(従量課金)は ${usdText(usdCents)}、クレジット適用後のお支払い額は ${usdText(dueUsdCents)} です。`,
      'ご登録のお支払い方法に請求します。請求書と明細はデベロッパーハブでご覧いただけます。',
    ],
  }),
  PaymentRetryComing: (facts, minute) => ({
    subject: `${facts.paymentReference} の請求をもう一度お試しします`,
    paragraphs: [
      `${minute(facts.retryAt)} にもう一度請求します。`,
      ...failedPaymentParagraphs('ja', facts, minute),
    ],
  }),
  PaymentFailed: (facts, minute) => ({
    subject: `${usdText(facts.usdCents)} のお支払いに失敗しました`,
    paragraphs: [
      `${facts.paymentReference} の ${usdText(facts.usdCents)} のお支払いが承認されませんでした。`,
      ...failedPaymentParagraphs('ja', facts, minute),
    ],
  }),
  PurchaseRefunded: ({ purchaseId, usdCents, tokens }) => ({
    subject: `購入 ${purchaseId} は返金されます`,
    paragraphs: [
      `購入 ${purchaseId} の ${usdText(usdCents)} を、お支払い方法に返金します。`,
      `残りは ${tokens} トークンでした。実行中の処理のために確保されていない分は、ただちに回収されます。`,
    ],
  }),
  PurchaseChargedBack: ({ purchaseId, usdCents, tokens, dueUsdCents, payUrl }) => ({
    subject: `購入 ${purchaseId} のお支払いが取り消されました`,
    paragraphs: [
      `カード会社または銀行が、購入 ${purchaseId} の ${usdText(usdCents)} を取り消しました。残りは ${tokens} トークンでした。実行中の処理のために確保されていない分は、ただちに回収されます。`,
      `使用済みのトークンの代金 ${usdText(dueUsdCents)} をお支払いください。未払いが続くと、課金対象 API の呼び出しは拒否されます。`,
      ...((dueUsdCents ?? 0) > 0 ? [payText('ja', payUrl)] : []),
    ],
  }),
  TeamSuspended: ({ because, reason, ...facts }, minute) => ({
    subject: 'チームは停止されています',
    paragraphs:
      because === 'payment-overdue'
        ? [
            'お支払いが期限までに確認できませんでした。課金対象 API の呼び出しは拒否されます。',
            ...failedPaymentParagraphs('ja', { ...facts, isStopped: true }, minute),
            '期限を過ぎた金額がすべて支払われると、この停止はすぐに解除されます。',
          ]
        : [`チームは停止されました: ${reason ?? '理由は示されていません'}。サポートにお問い合わせください。`],
  }),
  TeamResumed: ({ because }) => ({
    subject: 'チームの停止が解除されました',
    paragraphs: [
      because === 'paid'
        ? 'お支払いを確認しました。ありがとうございます。未払いを理由に課金対象 API の呼び出しが拒否されることはなくなりました。'
        : '運営者がチームの停止を解除しました。停止を理由に呼び出しが拒否されることはなくなりました。',
    ],
  }),
  MigrationReminder: ({ apps, appIds, deadlineAt, notice }, minute) => ({
    subject:
      notice === 'announced'
        ? `${minute(deadlineAt)} までにデベロッパーハブへ移行してください`
        : `再度のお知らせ: ${minute(deadlineAt)} までにデベロッパーハブへ移行してください`,
    paragraphs: [
      `${minute(deadlineAt)} 以降、API を呼び出せるのは、プランに登録したチームのデベロッパーハブにあるアプリだけです。${apps} 件のアプリが未対応です。`,
      ...((appIds?.length ?? 0) > 0 ? [`アプリ: ${appIds?.join(', ')}`] : []),
      'プランに登録し、デベロッパーハブを作成し、アプリを移行してください。手順はデベロッパーハブに表示されます。',
    ],
  }),
  AppSuspended: ({ appId }) => ({
    subject: 'デベロッパーハブにないアプリが停止しました',
    paragraphs: [
      `期限を過ぎましたが、チームには未対応のアプリがあります(${appId} など)。呼び出しは拒否されます。`,
      'チームがプランに登録し、アプリがデベロッパーハブにあれば、アプリは再開します。両方が必要です。',
    ],
  }),
  AlertReached: (facts) => ({
    subject: `アラート: ${alertFigure(facts, facts.value)}`,
    paragraphs: [
      `${alertSubject(facts)}が ${alertFigure(facts, facts.value)} になり、チームが設定したしきい値 ${alertFigure(facts, facts.threshold)} に達しました。`,
      '一度しきい値を外れて再び達するまで、このしきい値についてのメールは送信されません。使用の内訳の確認とアラートの変更は、デベロッパーハブで行えます。',
      ...alertLinks(facts),
    ],
  }),
  AlertBackUnder: (facts) => ({
    subject: `アラート解除: ${alertFigure(facts, facts.value)}`,
    paragraphs: [
      `${alertSubject(facts)}は現在 ${alertFigure(facts, facts.value)} です。チームが設定したしきい値 ${alertFigure(facts, facts.threshold)} に達していない状態に戻りました。`,
      ...alertLinks(facts),
    ],
  }),
  WebhookDisabled: ({ url }) => ({
    subject: 'Webhook を無効にしました',
    paragraphs: [
      `${url} への配信に 8 回失敗したため、無効にしました。`,
      '応答できるようになったら、配信を再送するか通知設定を保存してください。有効に戻ります。',
    ],
  }),
  MemberInvited: ({ teamName, invitedBy, role }) => ({
    subject: `チーム ${teamName} への招待`,
    paragraphs: [
      `${invitedBy ?? '運営者'} から、チーム ${teamName} に${role === 'admin' ? '管理者' : '開発者'}として招待されました。`,
      'このメールアドレスでデベロッパーハブにサインインし、招待を承諾または辞退してください。承諾するまで、チームの情報は表示されません。',
      'チームに心当たりがない場合は、このメールを無視してください。',
    ],
  }),
}
