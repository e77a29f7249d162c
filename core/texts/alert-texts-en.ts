import { type MailFacts, usdText } from './mail-model.ts'

/** The figure that an alert watches, at the beginning of a sentence. */
export function alertSubject({ measure, period, appId }: MailFacts): string {
  if (measure === 'days-left') return 'Days that your Flex tokens last at the present pace'
  if (measure === 'tokens-left') return 'Flex tokens left'
  const source = measure === 'cost-tokens' ? 'Tokens for the use' : 'Pay-as-you-go for the use'
  return `${source} of ${appId === undefined ? 'your team' : `the app ${appId}`} in ${period}`
}

/** A figure of an alert in words. */
export function alertFigure({ measure }: MailFacts, figure: number | undefined): string {
  if (measure === 'cost-usd-cents') return usdText(figure)
  const unit = measure === 'days-left' ? 'day' : 'token'
  return `${figure} ${unit}${figure === 1 ? '' : 's'}`
}

/** Links of a mail about an alert; none where the page has no public address. */
export function alertLinks({ usageUrl, alertsUrl }: MailFacts): readonly string[] {
  if (usageUrl === undefined || alertsUrl === undefined) return []
  return [`The use: ${usageUrl}\nThe alerts: ${alertsUrl}`]
}
