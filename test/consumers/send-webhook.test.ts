import { lookup } from 'node:dns/promises'
import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPublicAddress, isWebhookUrl } from '../../lambdas/delivery/addresses.ts'
import { webhookSender } from '../../lambdas/delivery/send-webhook.ts'
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let receiver: WebhookReceiver
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())

const message = { headers: { 'content-type': 'application/json' }, body: '{"日本":1}' }
const send = (url: string, isLocal = true) => webhookSender(isLocal)({ ...message, url })

test('the body arrives as it was signed, byte by byte', async () => {
  expect(await send(receiver.url)).toEqual({ status: 204 })
  expect(receiver.received[0]?.body).toBe(message.body)
})

test('a redirect is not followed', async () => {
  receiver.status = 307
  expect(await send(receiver.url)).toEqual({ status: 307 })
  expect(receiver.received).toHaveLength(1)
})

test('a receiver that says nothing is left after five seconds', async () => {
  receiver.status = 0
  const startedAt = performance.now()
  expect(await send(receiver.url)).toEqual({ fault: 'no answer within 5 seconds' })
  expect(performance.now() - startedAt).toBeLessThan(20_000)
})

test('an unreachable receiver is a fault, and no internal error', async () => {
  await receiver.stop()
  expect(await send(receiver.url)).toMatchObject({ fault: expect.stringContaining('no answer') })
})

test('no address of this machine is called unless the stage runs on one machine', async () => {
  expect(await send(receiver.url, false)).toEqual({ fault: 'the address is not allowed' })
  expect(await send(receiver.url.replace('http:', 'https:'), false)).toEqual({
    fault: 'the address is not allowed',
  })
  expect(receiver.received).toEqual([])
})

test('a name that stands for an inner address is not called', async () => {
  const { address } = await lookup(hostname())
  expect(isPublicAddress(address)).toBe(false)
  const port = new URL(receiver.url).port
  expect(await send(`https://${hostname()}:${port}/hook`, false)).toEqual({
    fault: 'the address is not allowed',
  })
})

describe('addresses', () => {
  test.each([
    ['8.8.8.8', true],
    ['172.15.255.255', true],
    ['172.16.0.1', false],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['192.168.1.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['2606:4700::1111', true],
    ['::1', false],
    ['::', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['fd00:ec2::254', false],
    ['fe80::1', false],
    ['2002:a00:1::', false],
    ['2001:db8::1', false],
    ['not an address', false],
  ])('%s is public: %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic))

  test.each([
    ['https://example.com/hook', true, true],
    ['https://example.com:8443/hook?team=1', true, true],
    ['http://example.com/hook', false, false],
    ['https://user:secret@example.com/', false, false],
    ['https://example.com/#here', false, false],
    ['https://10.0.0.1/', false, false],
    ['https://[::ffff:7f00:1]/', false, false],
    ['https://2130706433/', false, true],
    ['https://localhost/', false, true],
    ['http://localhost:8080/', false, true],
    ['http://[::1]:8080/', false, true],
    ['ftp://example.com/', false, false],
    ['nonsense', false, false],
  ])('%s may be called: %s, on one machine: %s', (url, onAws, locally) => {
    expect([isWebhookUrl(url, false), isWebhookUrl(url, true)]).toEqual([onAws, locally])
  })
})
