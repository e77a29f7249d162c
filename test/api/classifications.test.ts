import { beforeAll, describe, expect, test } from 'vitest'
import { encodeUrn, jobBody } from '../support/job-body.ts'
import { newParty, type Party } from '../support/party.ts'

const path = '/modelderivative/v2/designdata/job'
let party: Party
beforeAll(async () => {
  // The call asks nothing of the table, so a table that rejects everything serves it.
  const table = { tableName: 'none', send: () => Promise.reject(new Error('the table was asked')) }
  party = await newParty(table, { now: () => 0 })
})

const classify = (body: unknown, headers?: Record<string, string>) =>
  party.call('classifyRequest', { body, ...(headers && { headers }) })

describe('200', () => {
  test('the meter and the quantity of a job', async () => {
    const sent = { method: 'POST', path, headers: { region: 'EMEA' }, body: jobBody('tower.rvt') }
    expect(await classify(sent)).toMatchObject({
      status: 200,
      body: { meter: 'model-derivative-complex-job', quantity: 1 },
    })
  })

  test('the body as text', async () => {
    const sent = { method: 'POST', path, body: JSON.stringify(jobBody('plan.dwg')) }
    expect((await classify(sent)).body).toEqual({ meter: 'model-derivative-simple-job', quantity: 1 })
  })
})

describe('422', () => {
  const version = { input: { urn: encodeUrn('urn:adsk.wipprod:fs.file:vf.x?version=1') } }
  test.each([
    [{ method: 'POST', path, body: version }, ['body.input.rootFilename']],
    [{ method: 'POST', path }, ['body']],
    [{ method: 'GET', path: '/oss/v2/buckets' }, ['path']],
    [{ method: 'POST', path: '/da/us-east/v3/workitems', body: {} }, ['engine', 'seconds']],
  ])('%j lacks %j', async (sent, missing) => {
    const { status, body } = await classify(sent)
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'CANNOT_CLASSIFY', missing } })
  })

  test('the text is in the language of the caller', async () => {
    const sent = { method: 'GET', path: '/oss/v2/buckets' }
    const { body, headers } = await classify(sent, { 'accept-language': 'ja' })
    expect(headers['content-language']).toBe('ja')
    expect(body.title).toBe('このリクエストのメーターを判定できません')
  })
})

describe('400', () => {
  const good = { method: 'GET', path: '/' }
  test.each([
    [{ path: '/' }, '/method'],
    [{ ...good, method: 'GET /' }, '/method'],
    [{ ...good, path: 'https://developer.api.autodesk.com/' }, '/path'],
    [{ ...good, path: '' }, '/path'],
    [{ ...good, headers: { region: 1 } }, '/headers/region'],
    [{ ...good, headers: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, ''])) }, '/headers'],
    [{ ...good, body: 1 }, '/body'],
    [{ ...good, body: null }, '/body'],
    [{ ...good, region: 'US' }, '/region'],
  ])('%j names the field %s', async (sent, pointer) => {
    const { status, body } = await classify(sent)
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
  })
})

test('413 for more than 64 kB', async () => {
  const sent = { method: 'POST', path, body: 'x'.repeat(65_536) }
  expect((await classify(sent)).status).toBe(413)
})
