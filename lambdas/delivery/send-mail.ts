import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { outcomes } from '../../core/texts/delivery-texts.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/** Returns undefined once the mail is accepted, else the reason of the failure, for the team to read. Never rejects. */
export type SendMail = (mail: Mail) => Promise<string | undefined>

/** Sends mail from one address. The SDK finds endpoint, Region and credentials. */
export function mailSender(from: string, client = new SESv2Client({ maxAttempts: 3 })): SendMail {
  return async ({ to, subject, text }) => {
    const part = (Data: string) => ({ Data, Charset: 'UTF-8' })
    const Simple = { Subject: part(subject), Body: { Text: part(text) } }
    const Destination = { ToAddresses: [to] }
    try {
      await client.send(new SendEmailCommand({ FromEmailAddress: from, Destination, Content: { Simple } }))
      return undefined
    } catch (error) {
      return outcomes.mailRefused(error instanceof Error ? error.name : 'unknown')
    }
  }
}
