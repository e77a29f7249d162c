import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { type JobPayloadInput, ModelDerivativeClient, Region } from '@aps_sdk/model-derivative'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeUrn } from '../support/job-body.ts'
import { newParty, type Party, type PartyAnswer } from '../support/party.ts'

let party: Party
let answers: PartyAnswer[] = []
const client = new ModelDerivativeClient()
const server = createServer(async (request, response) => {
  answers.push(await classified(request))
  const headers = { 'content-type': 'application/json', 'set-cookie': ['a=1'] }
  response.writeHead(200, headers).end(request.method === 'HEAD' ? '' : '{}')
})

beforeAll(async () => {
  const table = { tableName: 'none', send: () => Promise.reject(new Error('the table was asked')) }
  party = await newParty(table, { now: () => 0 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  // Each client of the SDK has one configuration, which all of its parts share.
  Reflect.get(client.jobsApi, 'sdkManager').apsConfiguration = {
    baseAddress: new URL(`http://127.0.0.1:${address.port}`),
  }
})
afterAll(() => void server.close())

/** Sends a request as it came from the SDK to `POST /v1/classifications`, without its token. */
async function classified(request: IncomingMessage): Promise<PartyAnswer> {
  const { method, url, headers } = request
  const sent = await text(request)
  const own = Object.entries(headers).filter(([name]) => name !== 'authorization')
  const body = { method, path: url, headers: Object.fromEntries(own), ...(sent !== '' && { body: sent }) }
  return party.call('classifyRequest', { body })
}

/** The verdict on the request that a call of the SDK makes. The SDK may reject the empty answer. */
async function verdictOn(act: () => Promise<unknown>): Promise<string> {
  answers = []
  await act().catch(() => {})
  const [answer, ...others] = answers
  if (answer === undefined || others.length > 0) throw new Error(`${answers.length} requests`)
  const { status, body } = answer
  return status === 200 ? `${body.quantity} ${body.meter}` : `${status} ${body.code} ${body.missing}`
}

const options = { accessToken: 'token', region: Region.Emea }
const urn = encodeUrn('urn:adsk.objects:os.object:plans/tower.rvt')
const references = { urn, filename: 'tower.rvt', references: [] }
const query = { query: { $in: ['objectid', 1] } }

test.each<[string, () => Promise<unknown>]>([
  ['getFormats', () => client.getFormats({ accessToken: 'token' })],
  ['specifyReferences', () => client.specifyReferences(urn, references, options)],
  ['getManifest', () => client.getManifest(urn, options)],
  ['deleteManifest', () => client.deleteManifest(urn, options)],
  ['getDerivativeUrl', () => client.getDerivativeUrl('urn:adsk.viewing:fs.file:a/b.svf', urn, options)],
  ['headCheckDerivative', () => client.headCheckDerivative(urn, 'urn:x/output/1.rvt', options)],
  ['getThumbnail', () => client.getThumbnail(urn, options)],
  ['getModelViews', () => client.getModelViews(urn, options)],
  ['getObjectTree', () => client.getObjectTree(urn, 'guid', options)],
  ['getAllProperties', () => client.getAllProperties(urn, 'guid', options)],
  ['fetchSpecificProperties', () => client.fetchSpecificProperties(urn, 'guid', query, options)],
])('%s of the official SDK is a basic call', async (_, act) => {
  expect(await verdictOn(act)).toBe('1 model-derivative-basic')
})

const zip = encodeUrn('urn:adsk.objects:os.object:plans/all.zip')
const version = encodeUrn('urn:adsk.wipprod:fs.file:vf.LjtEkOD-SeSrAL6XkHUlPA?version=1')
const unknown = '422 CANNOT_CLASSIFY body.input.rootFilename'

test.each<[JobPayloadInput, string]>([
  [{ urn }, '1 model-derivative-complex-job'],
  [{ urn: encodeUrn('urn:adsk.objects:os.object:plans/plan.dwg') }, '1 model-derivative-simple-job'],
  [{ urn: zip, compressedUrn: true, rootFilename: 'a.nwd' }, '1 model-derivative-complex-job'],
  [{ urn: zip, compressedUrn: true, rootFilename: 'a.iam' }, '1 model-derivative-simple-job'],
  [{ urn: zip, compressedUrn: true }, unknown],
  [{ urn: version }, unknown],
  [{ urn: version, rootFilename: 'tower.ifc' }, '1 model-derivative-complex-job'],
])('startJob of the official SDK with the input %j counts on %s', async (input, verdict) => {
  const job = { input, output: { formats: [{ type: 'svf2', views: ['3d'] }] } }
  // The SDK's types for formats have enums.
  const payload = Object.assign(job)
  expect(await verdictOn(() => client.startJob(payload, options))).toBe(verdict)
})
