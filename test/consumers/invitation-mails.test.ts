import { expect } from 'vitest'
import type { Mail } from '../../lambdas/delivery/send-mail.ts'
import { deliveryShard } from '../../lambdas/store/keys.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import type { Party } from '../support/party.ts'

/* An invited person gets one mail, which is stored with the invitation. */

const address = (name: string) => `${name}@example.com`
const as = (name: string) => ({ scope: 'hub:read hub:write', sub: name, person: address(name) })
const operator = { scope: 'ops:admin', sub: 'operator', person: 'operator@example.com' }
const profile = { name: 'Acme & Co', country: 'US', paymentMethod: 'none', standing: 'good' }

let party: Party
let clock: SetClock
let mails: Mail[]
let deliver: () => Promise<void>
let fault: string | undefined

test.beforeEach(async ({ party: fresh, clock: started }) => {
  party = fresh
  clock = started
  mails = []
  fault = undefined
  const { Deliverer } = await import('../../lambdas/delivery/deliverer.ts')
  const { DeliveryStore } = await import('../../lambdas/store/deliveries.ts')
  const { InvitationMails } = await import('../../lambdas/store/invitation-mails.ts')
  const { NotificationStore } = await import('../../lambdas/store/notifications.ts')
  const { WebhookSecrets } = await import('../../lambdas/delivery/webhook-secrets.ts')
  const { table } = party.deps
  const deliveries = new DeliveryStore(table)
  const deliverer = new Deliverer({
    clock,
    realClock: clock,
    notifications: new NotificationStore(table),
    deliveries,
    invitations: new InvitationMails(table),
    secrets: new WebhookSecrets(async () => JSON.stringify({ 1: 'k'.repeat(64) }), clock),
    sendWebhook: async () => ({ status: 200 }),
    sendMail: async (mail) => {
      mails.push(mail)
      return fault
    },
  })
  deliver = async () => {
    for (const delivery of await deliveries.due(deliveryShard('acme'), clock.now(), 10))
      await deliverer.attempt(delivery)
  }
  const admin = { memberId: 'aoi', email: address('aoi') }
  await succeed('registerTeam', operator, { body: { ...profile, admin } })
})

async function succeed(operationId: string, claims: object, sent: object = {}): Promise<void> {
  const { status, body } = await party.call(operationId, { ...sent, claims: { ...claims } })
  expect([operationId, status < 300, body.code]).toEqual([operationId, true, undefined])
}

const invite = (name: string, role = 'developer') =>
  succeed('putMember', as('aoi'), {
    params: { memberId: name },
    body: { email: address(name), role },
  })

/** The first admin accepts, and the mail to them is out of the way. */
async function acceptFirst(): Promise<void> {
  await succeed('acceptMembership', as('aoi'))
  await deliver()
  mails.length = 0
}

test('the first admin gets a mail that names the team, and no operator', async () => {
  await deliver()
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatchObject({ to: address('aoi'), subject: 'Invitation to the team Acme & Co' })
  expect(mails[0]?.text).toContain('An operator invites you to the team Acme & Co as an admin.')
  expect(mails[0]?.text).not.toContain('operator@')
})

test("an invited person gets a mail in the team's language that names the admin", async () => {
  await acceptFirst()
  await succeed('putNotifications', as('aoi'), { body: { language: 'ja', emails: [], webhooks: [] } })
  await invite('sora', 'admin')
  await deliver()
  await deliver()
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatchObject({ to: address('sora'), subject: 'チーム Acme & Co への招待' })
  expect(mails[0]?.text).toContain('aoi@example.com から、チーム Acme & Co に管理者として招待されました。')
})

test('a changed role sends no further mail, and another address does', async () => {
  await acceptFirst()
  await invite('sora')
  await invite('sora', 'admin')
  await succeed('putMember', as('aoi'), {
    params: { memberId: 'sora' },
    body: { email: address('umi'), role: 'developer' },
  })
  await deliver()
  expect(mails.map(({ to }) => to)).toEqual([address('umi')])
})

test('an address gets at most one mail of a team on one day, however often it is invited', async () => {
  await acceptFirst()
  for (let time = 0; time < 3; time++) {
    await invite('sora')
    await deliver()
    await succeed('removeMember', as('aoi'), { params: { memberId: 'sora' } })
  }
  expect(mails).toHaveLength(1)
  clock.time += 24 * 60 * 60 * 1_000
  await invite('sora')
  await deliver()
  expect(mails).toHaveLength(2)
})

test.each(['acceptMembership', 'leaveTeam'])('no mail is sent after %s', async (operationId) => {
  await acceptFirst()
  await invite('sora')
  await succeed(operationId, as('sora'))
  await deliver()
  expect(mails).toEqual([])
})

test('a mail that is not accepted is tried again', async () => {
  await acceptFirst()
  await invite('sora')
  fault = 'mail was not accepted (Throttled)'
  await deliver()
  fault = undefined
  clock.time += 10_000
  await deliver()
  await deliver()
  expect(mails.map(({ to }) => to)).toEqual([address('sora'), address('sora')])
})

test("the team's deliveries do not list it, and cannot send it again", async () => {
  await acceptFirst()
  await invite('sora')
  const { body } = await party.call('listDeliveries', { claims: as('aoi') })
  expect(body.deliveries).toEqual([])
  const { Items = [] } = await party.deps.table.send('Scan', { TableName: party.deps.table.tableName })
  const ids = Items.flatMap(({ deliveryId }) => (typeof deliveryId === 'string' ? [deliveryId] : []))
  expect(ids.length).toBeGreaterThan(0)
  for (const deliveryId of ids) {
    const { status } = await party.call('resendDelivery', { params: { deliveryId }, claims: as('aoi') })
    expect(status).toBe(404)
  }
})
