import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runInvocation } from '../../lambdas/runtime/invocation.ts'
import type { Log } from '../../lambdas/runtime/log.ts'
import { Logger } from '../../lambdas/runtime/meter-logger.ts'

type Stream = 'stdout' | 'stderr'

const makers: readonly ((options: Options) => Log)[] = [
  (options) => new PowertoolsLogger(options),
  (options) => new Logger(options),
]
interface Options {
  readonly jsonReplacerFn: (key: string, value: unknown) => unknown
}
const options: Options = { jsonReplacerFn: (key, value) => (key === 'issues' ? undefined : value) }

const context = {
  functionName: 'authorize',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:authorize',
  memoryLimitInMB: '512',
  awsRequestId: '11f7b894-d352-4025-a111-222233334444',
} as Parameters<Log['addContext']>[0]

let printed: [Stream, string][]
beforeEach(() => {
  printed = []
  vi.useFakeTimers({ now: Date.parse('2026-02-20T10:00:00.123Z'), toFake: ['Date'] })
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((text) => printed.push([stream, String(text)]) > 0)
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tollgate')
  vi.stubEnv('POWERTOOLS_DEV', 'false')
  vi.stubEnv('TZ', ':UTC')
  vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'on-demand')
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

/** The lines that each logger writes for the same calls: Powertools' first, then ours. */
function linesOfBoth(calls: (logger: Log) => void) {
  return makers.map((make) => {
    printed = []
    runInvocation(() => calls(make(options)))
    return printed.map(([stream, text]) => {
      expect(text.endsWith('}\n') && text.trimEnd().split('\n').length).toBe(1)
      return [stream, JSON.parse(text)] as const
    })
  })
}

function expectSame(calls: (logger: Log) => void, count: number) {
  const [theirs, ours] = linesOfBoth(calls)
  expect(theirs).toHaveLength(count)
  expect(ours).toEqual(theirs)
}

const failed = new Error('the table is away', { cause: new TypeError('no line', { cause: 'unplugged' }) })

test('the lines of two invocations have the fields that Powertools gives them', () => {
  expectSame((logger) => {
    logger.info('before any context')
    for (const correlationId of ['first', 'second']) {
      logger.addContext(context)
      logger.resetKeys()
      logger.appendKeys({ correlationId })
      logger.info({ message: 'authorizeUsage', statusCode: 200, code: undefined, teamId: '', note: null })
      logger.warn({ message: 'slow', steps: [{ step: 'a query', atMs: 1, found: null }], amount: 12n })
      logger.warn('usage in conflict', { events: 2, source: '/jobs' })
      logger.error({ message: 'failed', requestId: 'r1' }, failed)
    }
  }, 9)
})

test('an error has its own fields, its location and its causes, and quotes no input', () => {
  const rejected = Object.assign(new Error('Invalid'), {
    name: 'ValiError',
    issues: [{ input: 'Sora' }],
    tries: 3,
  })
  const bare = Object.assign(new Error('no stack'), { stack: undefined })
  expectSame((logger) => {
    for (const error of [rejected, bare, failed]) logger.error({ message: 'failed', about: error }, error)
  }, 3)
  expect(JSON.stringify(printed)).not.toContain('Sora')
})

test('a value that contains itself is left out, and one that occurs twice is shown twice', () => {
  const shared = { host: 'table' }
  const knot: Record<string, unknown> = { shared, again: shared }
  knot.inner = { knot, list: [shared] }
  expectSame(
    (logger) => logger.error({ message: 'failed', knot }, Object.assign(new Error('cut'), { knot })),
    1,
  )
})

test.each(['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'nonsense'])(
  'a level of %s in the settings of the function lets the same lines through',
  (level) => {
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', level)
    const [theirs, ours] = linesOfBoth((logger) => {
      logger.info('a')
      logger.warn('b')
      logger.error('c')
    })
    expect(ours).toEqual(theirs)
  },
)

test.each(['DEBUG', 'WARN', 'SILENT'] as const)(
  'a level of %s that is set later counts for both',
  (level) => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'ERROR')
    const [theirs, ours] = linesOfBoth((logger) => {
      logger.warn('before')
      logger.setLogLevel(level)
      logger.info(logger.getLevelName())
      logger.error('after', 'and more')
    })
    expect(ours).toEqual(theirs)
  },
)

test.each(['', '1-5759e988-bd862e3fe1be46a994272793', 'Parent=53995c3f42cd8ad8'])(
  'a trace header of "%s" gives the same line',
  (header) => {
    vi.stubEnv('_X_AMZN_TRACE_ID', header)
    vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'provisioned-concurrency')
    expectSame((logger) => {
      logger.addContext(context)
      logger.info('traced')
    }, 1)
  },
)

test('invocations that run at once keep their keys apart', async () => {
  const logger = new Logger(options)
  const work = async (correlationId: string) => {
    logger.appendKeys({ correlationId })
    await Promise.resolve()
    logger.info(correlationId)
  }
  await Promise.all(['a', 'b'].map((id) => runInvocation(() => work(id))))
  const lines = printed.map(([, text]) => JSON.parse(text))
  expect(lines.map(({ message, correlationId }) => [message, correlationId])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
  ])
})
