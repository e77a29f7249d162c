import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'

export interface Mail {
  readonly to: readonly string[]
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/** Undefined when it is on its way, else why not, for the team to read. Never rejects. */
export type SendMail = (mail: Mail) => Promise<string | undefined>

/** Sends mail from one address. Endpoint, Region and credentials are the SDK's own business. */
export function mailSender(from: string, client = new SESv2Client({ maxAttempts: 3 })): SendMail {
  return async ({ to, subject, text }) => {
    const part = (Data: string) => ({ Data, Charset: 'UTF-8' })
    const Simple = { Subject: part(subject), Body: { Text: part(text) } }
    const Destination = { ToAddresses: [...to] }
    try {
      await client.send(new SendEmailCommand({ FromEmailAddress: from, Destination, Content: { Simple } }))
      return undefined
    } catch (error) {
      return `mail was not accepted (${error instanceof Error ? error.name : 'unknown'})`
    }
  }
}
