import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from '../audit/data-folder/cannot-start.ts'
import { type Engine, externalEngine, startEngine } from '../audit/data-folder/engine.ts'
import { type EngineCall, EngineError, engineAt, engineIdentity } from '../audit/data-folder/engine-call.ts'
import { ensureFormat, hasData } from '../audit/data-folder/format.ts'
import { tryLock } from '../audit/data-folder/lock.ts'
import { dueDates } from '../audit/due-dates.ts'
import { findPeople } from '../audit/people-list.ts'
import { findTeams } from '../audit/team-list.ts'
import { earliest, hourMs } from '../core/time/time.ts'
import { ensureTable, tuneEngine } from './engine/tables.ts'
import { environmentOf, openFunctions } from './gateway/function-hosts.ts'
import { openFunctionLog } from './gateway/function-log.ts'
import { makeGateway } from './gateway/gateway.ts'
import { type Answer, listen } from './gateway/http-server.ts'
import { openIssuer } from './gateway/issuer.ts'
import { makeLocalCalls } from './gateway/local-calls.ts'
import { makeOwnCalls } from './gateway/own-calls.ts'
import { servePage } from './page/page.ts'
import { buildPage } from './page/page-build.ts'
import { checkMachine, thisMachine } from './platform.ts'
import { beginLoading, endLoading, loadSample } from './sample-loading.ts'
import { makeArchive } from './services/archive.ts'
import { openBackground } from './services/background.ts'
import { Bus } from './services/bus.ts'
import { openClock } from './services/clock.ts'
import { Closer } from './services/closer.ts'
import { DeadLetterFile } from './services/dead-letters.ts'
import { makeInvocations } from './services/invocations.ts'
import { makeOutbox } from './services/outbox.ts'
import { SandboxPayments } from './services/payments.ts'
import { makeQueues } from './services/queues.ts'
import { makeSecrets } from './services/secrets.ts'
import { openServices } from './services/services.ts'
import { travel } from './services/time-machine.ts'
import { localAuthority, synthesize } from './synthesize.ts'
import { readWiring, type Wiring } from './wiring.ts'
import { makeWorkflowCalls } from './workflows/workflow-calls.ts'
import { Workflows } from './workflows/workflows.ts'

export interface RuntimeOptions {
  /** Contains the database, the clock, the issuer's key and the logs. Created when absent. */
  readonly dataDir: string
  /** 0 selects any free port. */
  readonly port: number
  /** Initial instant (RFC 3339) of the clock of a fresh data folder. Default: real time. */
  readonly clockStart?: string
  /** True fills a fresh data folder with sample data. Default: true. */
  readonly sample?: boolean
  /** Folder of synthesized templates. Default: `dist/local`. */
  readonly outDir?: string
  /** Folder of templates and bundles to serve instead of a new synthesis. */
  readonly assembly?: string
  /**
   * Puts a proxy between the functions and the local AWS services at an address. Returns the proxy's address.
   * Default: no proxy.
   */
  readonly between?: (endpoint: string) => Promise<string>
  /** False leaves out the limits of calls per second, for tests that flood a route. Default: true. */
  readonly isThrottled?: boolean
  /** True serves the developer hub page, and builds it when its sources have changed. Default: false. */
  readonly page?: boolean
  /** Receives each step of starting, and later errors. Default: no receiver. */
  readonly tell?: (line: string) => void
}

export interface Runtime {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string
  /** The engine, for tools that read the table directly. */
  readonly endpoint: string
  readonly tableNames: readonly string[]
  /** True if this start filled the data folder with the sample data. */
  readonly hasLoadedSample: boolean
  /** Resolves with a reason when the runtime cannot continue. */
  readonly lost: Promise<string>
  /** Finishes requests in progress, stops, and releases the data folder. */
  stop(): Promise<void>
}

/**
 * Starts Tollgate on this machine: engine, functions, HTTP, streams and schedules, as the template describes
 * them. When the person who started it can fix a failure, it stops everything again and throws `CannotStart`.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const closer = new Closer()
  try {
    return await start(options, closer)
  } catch (cause) {
    await closer.close()
    throw cause
  }
}

async function start(options: RuntimeOptions, closer: Closer): Promise<Runtime> {
  const { dataDir, tell = () => {}, between = async (endpoint) => endpoint } = options
  const clockStart = parseClockStart(options.clockStart)
  checkMachine(thisMachine())
  takeFolder(dataDir, closer)
  const server = await listen(options.port)
  closer.add(() => server.stop())

  tell('reading the template and the page')
  const [folder, page] = await Promise.all([
    options.assembly ?? synthesize(options.outDir),
    options.page === true ? buildPage().then(servePage) : undefined,
  ])
  const wiring = readWiring(folder)

  tell('starting the engine')
  const wantsSample = options.sample !== false && beginLoading(dataDir)
  const { engine, call, streamArns, isFresh } = await openTables(options, wiring, closer)

  const clock = openClock(dataDir, isFresh, clockStart)
  const issuer = await openIssuer(dataDir)
  const functionLog = openFunctionLog(dataDir)
  closer.add(async () => void functionLog.end())
  const log = (text: string) => {
    functionLog.write(`${text}\n`)
    tell(text.split('\n', 1)[0] ?? '')
  }
  const services = await openServices(closer)
  const [endpoint, servicesUrl] = [await between(engine.endpoint), await between(services.url)]
  const isExternal = engine.databaseFile === undefined
  const accessKeyId = isExternal ? engineIdentity.accessKeyId : undefined
  const addresses = { endpoint, servicesUrl, accessKeyId }
  if (isExternal) await checkTables(wiring, call, environmentOf('Check', addresses))
  const invoke = openFunctions(wiring, {
    ...addresses,
    pageUrl: server.url,
    clockCell: clock.cell,
    log: functionLog,
    closer,
  })
  const { stateMachines: machines } = wiring
  const workflows = new Workflows({
    machines,
    dataDir,
    isStanding: clock.isStanding,
    invoke,
    log,
  })
  services.serve(makeWorkflowCalls(workflows, clock.now))
  const { now } = clock
  const file = new DeadLetterFile(dataDir, now)
  const deadLetters = file.keeper(log)
  services.serve(makeQueues({ failureSources: wiring.failureSources, file }))
  services.serve(
    makeInvocations(
      wiring.functions.map(({ id }) => id),
      invoke,
    ),
  )
  const bus = new Bus({ rules: wiring.rules, dataDir, now, invoke, deadLetters })
  services.serve({ 'AWSEvents.PutEvents': (input) => bus.putEvents(input) })
  services.serve(makeOutbox(dataDir, now))
  services.serve(makeSecrets(wiring.secrets, dataDir))
  services.serve(makeArchive({ streams: wiring.deliveryStreams, dataDir, now }))
  const [tableName = ''] = wiring.tables.map((table) => table.id)
  const busName = resultBus(wiring)
  const payments = new SandboxPayments({ bus, busName, call, tableName, dataDir, now })
  const background = openBackground({
    wiring,
    dataDir,
    call,
    streamArns,
    now,
    invoke,
    deadLetters,
    log,
    workflows,
  })
  const gateway = makeGateway({
    routes: wiring.routes,
    limits: options.isThrottled === false ? [] : wiring.limits,
    issuer,
    invoke,
    log,
  })
  const catchUp = async () => {
    await payments.fireDue()
    await background.catchUp()
    // The new clock may have jumped far, so work may be due already.
    if ((await payments.fireDue()) > 0) await background.catchUp()
  }
  const nextDue = dueDates(call, tableName)
  const nextWaitEnd = () => earliest(workflows.nextWaitEnd(), payments.nextDue())
  const setBehaviour = payments.setBehaviour.bind(payments)
  const local = makeLocalCalls({
    clock,
    issuer,
    authority: localAuthority,
    travel: (target) => travel(target, { clock, catchUp, nextDue, nextWaitEnd }),
    setBehaviour,
    pay: {
      call: makeOwnCalls((incoming) => answer(incoming)),
      setBehaviour,
      report: payments.report.bind(payments),
    },
    findTeams: (search) => findTeams({ call, tableName, now }, search),
    findPeople: (search) => findPeople({ call, tableName }, search),
  })
  const answer: Answer = async (incoming) =>
    page?.(incoming) ?? (incoming.target.startsWith('/local/') ? local : gateway)(incoming)

  const hasLoadedSample = isFresh && wantsSample && (await loadSample({ answer, clock, background, tell }))
  endLoading(dataDir)
  keepEngineTuned(engine, log, closer)
  payments.start()
  closer.add(() => payments.stop())
  background.start()
  closer.add(() => background.stop())
  server.open(answer, now)
  return {
    url: server.url,
    endpoint: engine.endpoint,
    tableNames: wiring.tables.map((table) => table.id),
    hasLoadedSample,
    lost: engine.lost,
    // Requests stop first, then the background work that they trigger, then the functions, then the engine:
    // the reverse of starting.
    stop: async () => {
      await server.stop()
      await closer.close()
    },
  }
}

/** The bus whose rules take the results of payments. */
function resultBus({ rules }: Wiring): string {
  const event = { source: 'payments', 'detail-type': 'PaymentSettled' }
  return rules.find((rule) => rule.accepts(event))?.busName ?? ''
}

function parseClockStart(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw new CannotStart(`CLOCK_START must be an instant such as 2026-01-01T00:00:00Z, not ${text}.`)
  return at
}

/** Takes the folder for this process. From then on, only the user may read what this process and its children write. */
function takeFolder(dataDir: string, closer: Closer): void {
  process.umask(0o077)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  const lock = tryLock(join(dataDir, 'lock'))
  if (lock === undefined)
    throw new CannotStart(`Another process uses ${dataDir}: stop it, or set DATA_DIR to another folder.`)
  closer.add(async () => lock.release())
  ensureFormat(dataDir)
}

async function openTables({ dataDir, clockStart }: RuntimeOptions, wiring: Wiring, closer: Closer) {
  const external = thisMachine().endpoint
  const hadData = hasData(dataDir)
  const engine: Engine = external === undefined ? await startEngine(dataDir) : externalEngine(external)
  closer.add(() => engine.stop())
  const call = engineAt(engine.endpoint)
  const streamArns = new Map<string, string>()
  let isFresh = !hadData
  for (const table of wiring.tables) {
    const ensured = ensureTable(call, table, { hasTimeToLive: clockStart === undefined })
    const { isNew, streamArn } = await (external === undefined ? ensured : ensured.catch(cannotUse(external)))
    isFresh &&= isNew
    if (streamArn !== undefined) streamArns.set(table.id, streamArn)
  }
  tuneEngine(engine)
  return { engine, call, streamArns, isFresh }
}

/** Proves that the functions and the runtime see the same tables of an external engine. */
async function checkTables(
  { tables }: Wiring,
  call: EngineCall,
  environment: ReturnType<typeof environmentOf>,
): Promise<void> {
  const { checkTable } = await import('./engine/table-check.ts')
  for (const table of tables)
    await checkTable({ call, table, environment }).catch(cannotUse(environment.AWS_ENDPOINT_URL_DYNAMODB))
}

/** Turns an error of an external endpoint into one line. */
function cannotUse(endpoint: string): (cause: unknown) => never {
  return (cause) => {
    if (cause instanceof CannotStart) throw cause
    const reason = cause instanceof Error ? reasonOf(cause) : String(cause)
    throw new CannotStart(
      `AWS_ENDPOINT_URL_DYNAMODB, ${endpoint}, does not work as DynamoDB does: ${reason}.`,
    )
  }
}

function reasonOf(cause: Error): string {
  const { message, name } = cause.cause instanceof Error ? cause.cause : cause
  const [line = ''] = (cause instanceof EngineError ? message : `${name}: ${message}`).split('\n')
  return line.replace(/\.$/, '')
}

function keepEngineTuned(engine: Engine, log: (text: string) => void, closer: Closer): void {
  const tune = () => {
    try {
      tuneEngine(engine)
    } catch (cause) {
      log(`The engine's stream was not trimmed: ${cause}`)
    }
  }
  const timer = setInterval(tune, hourMs)
  closer.add(async () => clearInterval(timer))
}
