import { SESv2Client, SendEmailCommand, TooManyRequestsException } from '@aws-sdk/client-sesv2'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, test } from 'vitest'
import { mailSender } from '../../lambdas/delivery/send-mail.ts'

const client = new SESv2Client({ region: 'us-east-1' })
const service = mockClient(client)
const send = mailSender('billing@example.com', client)
const mail = { to: 'aoi@example.com', subject: 'トークン', text: 'Low' }

test('a mail goes out from the one address, as text', async () => {
  service.on(SendEmailCommand).resolves({ MessageId: 'm-1' })
  expect(await send(mail)).toBeUndefined()
  const [call] = service.commandCalls(SendEmailCommand)
  expect(call?.args[0].input).toEqual({
    FromEmailAddress: 'billing@example.com',
    Destination: { ToAddresses: ['aoi@example.com'] },
    Content: {
      Simple: {
        Subject: { Data: 'トークン', Charset: 'UTF-8' },
        Body: { Text: { Data: 'Low', Charset: 'UTF-8' } },
      },
    },
  })
})

test('a mail that is refused is an outcome with its name, for the team to read, and nothing is thrown', async () => {
  const refusal = new TooManyRequestsException({ message: 'of account 1234', $metadata: {} })
  service.on(SendEmailCommand).rejects(refusal)
  expect(await send(mail)).toBe('mail was not accepted (TooManyRequestsException)')
})
