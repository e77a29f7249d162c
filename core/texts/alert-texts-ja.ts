import { type MailFacts, usdText } from './mail-model.ts'

/** The figure that an alert watches, before its particle. */
export function alertSubject({ measure, period, appId }: MailFacts): string {
  if (measure === 'tokens-left') return 'Flexトークンの残り'
  const source = measure === 'cost-tokens' ? 'トークン消費' : '後払い(従量課金)'
  return `${period} の${appId === undefined ? 'チーム' : `アプリ ${appId} `}の${source}`
}

/** A figure of an alert in words. */
export function alertFigure({ measure }: MailFacts, figure: number | undefined): string {
  return measure === 'cost-usd-cents' ? usdText(figure) : `${figure} トークン`
}
