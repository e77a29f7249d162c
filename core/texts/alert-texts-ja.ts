import { type MailFacts, usdText } from './mail-model.ts'

/** The figure that an alert watches, before its particle. */
export function alertSubject({ measure, period, appId }: MailFacts): string {
  if (measure === 'days-left') return '現在のペースで Flexトークンがなくなるまでの日数'
  if (measure === 'tokens-left') return 'Flexトークンの残り'
  const source = measure === 'cost-tokens' ? 'トークン消費' : '後払い(従量課金)'
  return `${period} の${appId === undefined ? 'チーム' : `アプリ ${appId} `}の${source}`
}

/** A figure of an alert in words. */
export function alertFigure({ measure }: MailFacts, figure: number | undefined): string {
  if (measure === 'cost-usd-cents') return usdText(figure)
  return measure === 'days-left' ? `${figure} 日` : `${figure} トークン`
}

/** Links of a mail about an alert; none where the page has no public address. */
export function alertLinks({ usageUrl, alertsUrl }: MailFacts): readonly string[] {
  if (usageUrl === undefined || alertsUrl === undefined) return []
  return [`使用量: ${usageUrl}\nアラート: ${alertsUrl}`]
}
