import { describe, expect, test as pure } from 'vitest'
import { isVisible } from '../../contract/visible-text.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme } from '../support/party.ts'

describe('a text for people', () => {
  pure.each([
    ['Acme 株式会社 Ünïcode', 'letters of any script'],
    ['می‌خواهم', 'a Persian word with a joiner'],
    ['क्‍ष', 'a Devanagari ligature'],
    ['ශ්‍රී', 'a Sinhala ligature'],
    ['അവന്‍', 'a Malayalam word that ends with a joiner'],
    ['葛\u{e0100}城', 'the variant of a Chinese character'],
    ['👩‍💻 team ❤️', 'emoji'],
    ['שלום', 'Hebrew letters'],
  ])('may be %j: %s', (text) => expect(isVisible(text)).toBe(true))

  pure.each([
    ['Acme\u200b', 'a space without width'],
    ['Ac\u200dme', 'a joiner between Latin letters'],
    ['\u200cمی', 'a joiner at the beginning'],
    ['می\u200c', 'a joiner at the end of an Arabic word'],
    ['Acme\u202efdp', 'a turn of the direction'],
    ['\u2066Acme\u2069', 'an isolate'],
    ['Acme\u200e', 'a direction mark'],
    ['Ac\u00adme', 'a soft hyphen'],
    ['\u3164', 'a filler'],
    ['\u2800', 'an empty braille pattern'],
    ['\ufeffAcme', 'a byte order mark'],
    ['A\ufe0fcme', 'a selector of emoji after a letter'],
    ['Acme\u{e0041}', 'a tag'],
    ['Ac\u034fme', 'a grapheme joiner'],
  ])('is not %j: %s', (text) => expect(isVisible(text)).toBe(false))
})

test.for([
  ['registerTeam', { country: 'US', paymentMethod: 'none', standing: 'good' }, 'name'],
  ['registerApp', { teamId: 'acme' }, 'name'],
  ['createHub', {}, 'name'],
  ['suspendTeam', {}, 'reason'],
  ['adjustTeam', { adjustmentId: 'x', tokens: 5 }, 'reason'],
] as const)(
  '%s names the field with an invisible character',
  async ([operationId, rest, field], { party }) => {
    await foundAcme(party)
    const answer = await party.call(operationId, { body: { ...rest, [field]: 'Acme\u202e' } })
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}`, message: expect.stringContaining('invisible') }] },
    })
  },
)

test('an address is one, however it is written', async ({ party }) => {
  await foundAcme(party)
  const emails = ['Ops@example.com', ' ops@EXAMPLE.com ', 'other@example.com']
  const { body } = await party.call('putNotifications', { body: { emails, webhooks: [] } })
  expect(body.emails).toEqual(['ops@example.com', 'other@example.com'])
  const sora = { memberId: 'sora', email: ' Sora@Example.com ', role: 'admin' }
  expect((await party.call('putMember', { body: sora })).body.email).toBe('sora@example.com')
  const riku = { params: { memberId: 'riku' }, body: { email: 'SORA@example.com', role: 'admin' } }
  expect((await party.call('putMember', riku)).body.code).toBe('MEMBER_EXISTS')
})

test.for([`${'a'.repeat(65)}@example.com`, `a@${'b'.repeat(63)}.`.repeat(4), 'a b@example.com', 'a@b', ''])(
  'the address %j is refused alike for members and mail',
  async (email, { party }) => {
    await foundAcme(party)
    const asMember = await party.call('putMember', { body: { email, role: 'admin' } })
    const asMail = await party.call('putNotifications', { body: { emails: [email], webhooks: [] } })
    const [first, second] = [asMember, asMail].map(({ body }) => body.errors as { message: string }[])
    expect([asMember.status, asMail.status]).toEqual([400, 400])
    expect(first?.[0]?.message).toBe(second?.[0]?.message)
  },
)
