import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import express from 'express'
import { expect } from 'vitest'
import type { Meter, TollgateClient } from '../../client/client.ts'
import {
  type MiddlewareOptions,
  meterExpress,
  meterFetch,
  meterLambda,
  meterNode,
  type NodeRequest,
  settled,
} from '../../client/middleware.ts'
import { jobOf } from '../support/aps-client.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { basic, complexJobs, connect, freeUse, startFreeTeam } from '../support/metered-team.ts'
import { listen } from '../support/model-service.ts'

const formatsPath = '/modelderivative/v2/designdata/formats'
const jobPath = '/modelderivative/v2/designdata/job'

test.override('runtimeOptions', { clockStart: undefined })

let app: LocalApp
let client: TollgateClient
let teams = 0

test.beforeAll(async ({ app: started }) => {
  app = started
  client = await connect(app)
})
test.afterAll(() => client.close())

/** A new team with an app. */
async function newTeam(): Promise<{ readonly teamId: string; readonly appId: string }> {
  teams += 1
  const team = { teamId: `team-${teams}`, appId: `app-${teams}` }
  await startFreeTeam(app, team.teamId, team.appId)
  return team
}

/** The client, with the ends of its authorizations in order. `failures` are thrown in place of the first reports. */
function watch(failures: readonly Error[] = []): { readonly meter: Meter; readonly ends: string[] } {
  const ends: string[] = []
  const end = (name: string) => {
    const failure = failures[ends.length]
    ends.push(name)
    if (failure !== undefined) throw failure
  }
  const meter: Meter = {
    allow: (...args) => client.allow(...args),
    giveBack: (...args) => client.giveBack(...args),
    authorize: (input) => client.authorize(input),
    capture: async (...args) => {
      end('capture')
      return client.capture(...args)
    },
    void: async (id) => {
      end('void')
      return client.void(id)
    },
    record: (usage) => client.record(usage),
  }
  return { meter, ends }
}

function failureWith(status: number): Error {
  return Object.assign(new Error('no report'), { status })
}

/** A service whose answers a test gives itself. */
async function startManual(options: Omit<MiddlewareOptions<NodeRequest>, 'appOf'>) {
  const arrived = Promise.withResolvers<Parameters<ReturnType<typeof meterNode>>[1]>()
  const listener = meterNode({ ...options, appOf: ({ headers }) => headers.authorization }, (_, response) =>
    arrived.resolve(response),
  )
  const service = await listen(listener)
  return { url: service.url, arrived: arrived.promise, [Symbol.asyncDispose]: service[Symbol.asyncDispose] }
}

function sendJob(url: string, appId: string, name = 'house.rvt'): ClientRequest {
  const headers = { authorization: appId, 'content-type': 'application/json' }
  const sent = request(`${url}${jobPath}`, { method: 'POST', headers })
  sent.on('error', () => {})
  sent.end(JSON.stringify(jobOf(name)))
  return sent
}

test.for([
  ['is charged once where it was started all the same', 200, 'capture', 1],
  ['costs nothing where it failed', 500, 'void', 0],
] as const)('a job whose caller hangs up before the answer %s', async ([, status, end, used]) => {
  const { teamId, appId } = await newTeam()
  const { meter, ends } = watch()
  await using service = await startManual({ client: meter })
  const sent = sendJob(service.url, appId)
  const response = await service.arrived
  const closed = once(response, 'close')
  sent.destroy()
  await closed
  expect(ends).toEqual([])
  response.writeHead(status).end('{}')
  await expect.poll(() => freeUse(app, teamId, complexJobs)).toEqual({ used, held: 0 })
  expect(ends).toEqual([end])
})

test('a job whose caller hangs up during the answer is charged once', async () => {
  const { teamId, appId } = await newTeam()
  const { meter, ends } = watch()
  await using service = await startManual({ client: meter })
  const sent = sendJob(service.url, appId)
  const response = await service.arrived
  response.writeHead(200).write('{')
  await once(sent, 'response')
  const closed = once(response, 'close')
  sent.destroy()
  await closed
  response.end('}')
  await expect.poll(() => freeUse(app, teamId, complexJobs)).toEqual({ used: 1, held: 0 })
  expect(ends).toEqual(['capture'])
})

test('a report that Tollgate does not answer is repeated, and charges once', async () => {
  const { teamId, appId } = await newTeam()
  const problems: unknown[] = []
  const { meter, ends } = watch([failureWith(0)])
  await using service = await startManual({ client: meter, onProblem: (problem) => problems.push(problem) })
  sendJob(service.url, appId)
  ;(await service.arrived).end('{}')
  await expect.poll(() => freeUse(app, teamId, complexJobs)).toEqual({ used: 1, held: 0 })
  expect({ ends, problems }).toEqual({ ends: ['capture', 'capture'], problems: [] })
})

test('a report that Tollgate rejects is a problem of the service, and not of its caller', async () => {
  const { appId } = await newTeam()
  const problems: unknown[] = []
  const { meter } = watch([failureWith(400)])
  await using service = await startManual({ client: meter, onProblem: (problem) => problems.push(problem) })
  const sent = sendJob(service.url, appId)
  ;(await service.arrived).end('{}')
  const [answer] = await once(sent, 'response')
  expect(answer.statusCode).toBe(200)
  await expect.poll(() => problems).toMatchObject([{ what: 'report', status: 400 }])
})

test('a service that takes a started job over charges nothing when it fails later', async () => {
  const { teamId, appId } = await newTeam()
  const started: string[] = []
  await using service = await startManual({
    client,
    onStarted: ({ authorizationId }) => started.push(authorizationId),
  })
  sendJob(service.url, appId)
  ;(await service.arrived).end('{}')
  await expect.poll(() => started).toHaveLength(1)
  expect(await freeUse(app, teamId, complexJobs)).toEqual({ used: 0, held: 1 })
  await client.void(started[0] ?? '')
  expect(await freeUse(app, teamId, complexJobs)).toEqual({ used: 0, held: 0 })
})

test('a service may decide itself which calls cost something', async () => {
  const { teamId, appId } = await newTeam()
  const options = {
    client,
    appOf: () => appId,
    isCharged: ({ status }: { readonly status: number }) => status !== 404,
  }
  const handle = meterFetch(
    options,
    ({ url }) => new Response(null, { status: url.endsWith('s') ? 200 : 404 }),
  )
  await handle(new Request(`https://service.test${formatsPath}`))
  await handle(new Request('https://service.test/modelderivative/v2/designdata/lost'))
  await client.flush()
  expect(await freeUse(app, teamId, basic)).toMatchObject({ used: 1 })
})

test('a handler that throws costs nothing, and its error is passed on', async () => {
  const { teamId, appId } = await newTeam()
  const handle = meterFetch({ client, appOf: () => appId }, async () => {
    throw new Error('no translator')
  })
  const body = JSON.stringify(jobOf('house.ifc'))
  await expect(
    handle(new Request(`https://service.test${jobPath}`, { method: 'POST', body })),
  ).rejects.toThrow('no translator')
  await expect.poll(() => freeUse(app, teamId, complexJobs)).toEqual({ used: 0, held: 0 })
})

test('jobs of unknown type run unmetered where the service says so', async () => {
  const { teamId, appId } = await newTeam()
  const handle = meterFetch({ client, appOf: () => appId, onUnclassified: 'pass' }, () => new Response())
  const body = JSON.stringify(jobOf('nameless'))
  const answer = await handle(new Request(`https://service.test${jobPath}`, { method: 'POST', body }))
  expect(answer.status).toBe(200)
  expect(await freeUse(app, teamId, complexJobs)).toEqual({ used: 0, held: 0 })
})

test('a service names the meters of its other APIs', async () => {
  const { teamId, appId } = await newTeam()
  const onUnclassified = ({ url }: Request) =>
    url.endsWith('/photos') ? { meter: 'reality-capture', quantity: 40 } : undefined
  const handle = meterFetch({ client, appOf: () => appId, onUnclassified }, () => new Response())
  await handle(new Request('https://service.test/photos'))
  await handle(new Request('https://service.test/health'))
  await expect.poll(() => freeUse(app, teamId, 'reality-capture')).toEqual({ used: 40, held: 0 })
})

test('the preflight of a browser passes without an app', async () => {
  const handle = meterFetch({ client, appOf: () => undefined }, () => new Response(null, { status: 204 }))
  const answer = await handle(new Request(`https://service.test${jobPath}`, { method: 'OPTIONS' }))
  expect(answer.status).toBe(204)
})

test('a body of over 1 MiB is rejected before it is read to its end', async () => {
  const handle = meterFetch({ client, appOf: () => 'any' }, () => new Response())
  const body = JSON.stringify({ input: { urn: 'a'.repeat(1_048_576) } })
  const answer = await handle(new Request(`https://service.test${jobPath}`, { method: 'POST', body }))
  expect(answer.status).toBe(413)
})

/** The status of a request with a path that `fetch` would rewrite. */
async function statusOf(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url)
  const [answer] = await once(request({ hostname, port, path }).end(), 'response')
  return answer.statusCode
}

test.for([
  '/./modelderivative',
  '/x/../modelderivative',
  '/x/%2E%2e/modelderivative',
  '/modelderivative\\v2',
])('the path %s is rejected, since a service might see another one', async (path) => {
  await using service = await startManual({ client })
  expect(await statusOf(service.url, path)).toBe(400)
})

test.for([
  formatsPath,
  `http://service.test${formatsPath}`,
  `/${formatsPath}`,
  formatsPath.replace('/v2', '//v2'),
  formatsPath.replace('/v2', '/%762').toUpperCase(),
])('the path %s does not pass unmetered', async (path) => {
  await using service = await startManual({ client })
  expect(await statusOf(service.url, path)).toBe(401)
})

test('a service with Express may parse bodies after the middleware', async () => {
  const { teamId, appId } = await newTeam()
  const service = express()
  service.use(meterExpress({ client, appOf: () => appId }), express.json())
  service.use((request, response) => void response.json(request.body))
  await using server = await listen(service)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(jobOf('house.rvt'))
  const answer = await fetch(`${server.url}${jobPath}`, { method: 'POST', headers, body })
  expect(await answer.json()).toEqual(jobOf('house.rvt'))
  await settled()
  expect(await freeUse(app, teamId, complexJobs)).toEqual({ used: 1, held: 0 })
})

test('a function of Lambda reports its use before it answers', async () => {
  const { teamId, appId } = await newTeam()
  const handle = meterLambda({ client, appOf: () => appId }, async () => ({ statusCode: 200 }))
  await handle({ rawPath: formatsPath, requestContext: { http: { method: 'GET' } } })
  expect(await freeUse(app, teamId, basic)).toMatchObject({ used: 1 })
})
