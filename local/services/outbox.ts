import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { ServiceCall } from './services.ts'

const Part = v.object({ Data: v.string() })
const SendEmail = v.object({
  FromEmailAddress: v.string(),
  Destination: v.object({ ToAddresses: v.pipe(v.array(v.string()), v.minLength(1)) }),
  Content: v.object({ Simple: v.object({ Subject: Part, Body: v.object({ Text: Part }) }) }),
})

const base64Columns = 76

/**
 * SES's `SendEmail` without delivery. Each mail is a file in `outbox` in the data folder, which a mail
 * program can open.
 */
export function makeOutbox(dataDir: string, now: () => number): Readonly<Record<string, ServiceCall>> {
  const folder = join(dataDir, 'outbox')
  let count = 0
  return {
    'POST /v2/email/outbound-emails': async (input) => {
      const { FromEmailAddress, Destination, Content } = v.parse(SendEmail, input)
      const at = new Date(now())
      count += 1
      const messageId = `${at.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}-${count}`
      const { Subject, Body } = Content.Simple
      mkdirSync(folder, { recursive: true })
      const lines = [
        `Message-ID: <${messageId}@local>`,
        `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
        `From: ${FromEmailAddress}`,
        `To: ${Destination.ToAddresses.join(', ')}`,
        `Subject: =?UTF-8?B?${Buffer.from(Subject.Data).toString('base64')}?=`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        ...wrapped(Buffer.from(Body.Text.Data).toString('base64')),
        '',
      ]
      writeFileSync(join(folder, `${messageId}.eml`), lines.join('\r\n'), { mode: 0o600 })
      return { MessageId: messageId }
    },
  }
}

function wrapped(text: string): string[] {
  return text.match(new RegExp(`.{1,${base64Columns}}`, 'g')) ?? []
}
