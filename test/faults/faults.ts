import { setTimeout as sleep } from 'node:timers/promises'
import type { SeededRandom } from '../../tools/sample/random.ts'
import {
  type Act,
  type Exchange,
  goThrough,
  type Plan,
  type SeenRequest,
  type WireAnswer,
} from './fault-proxy.ts'

/** A fault of the line to the table, or of the table itself: it hits single requests of an operation. */
export interface WireFault {
  readonly name: string
  /** The failure of AWS that it imitates. */
  readonly copies: string
  /** The answer shows an earlier state. */
  readonly isLag?: true
  hits(request: SeenRequest): boolean
  /** The plan that breaks the request at a point (counted from 1). */
  at(point: number): Plan
}

const errorOf = (status: number, type: string, fields: object = {}): WireAnswer => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...fields }),
})

const refused = (answer: WireAnswer) => async (exchange: Exchange) => exchange.answer(answer)
/** The engine has done it, and something else is answered. */
const afterwards = (answer: WireAnswer) => async (exchange: Exchange) => {
  await exchange.forward()
  exchange.answer(answer)
}

/** A cancelled transaction names a reason for each of its writes: the last one's here. */
const cancelled = (code: string) => async (exchange: Exchange) => {
  const { TransactItems } = JSON.parse(exchange.request.body) as { TransactItems: unknown[] }
  const CancellationReasons = TransactItems.map((_, index) =>
    index === TransactItems.length - 1 ? { Code: code, Message: code } : { Code: 'None' },
  )
  exchange.answer(errorOf(400, 'TransactionCanceledException', { CancellationReasons }))
}

const once =
  (act: Act) =>
  (point: number): Plan => {
    return (_, count) => (count === point ? act : undefined)
  }
/** As often as the SDK tries, so that the operation gets the error. */
const sdkTries = 3
const thrice =
  (act: Act) =>
  (point: number): Plan => {
    return (_, count) => (count >= point && count < point + sdkTries ? act : undefined)
  }

const any = () => true
const onWrite = ({ isWrite }: SeenRequest) => isWrite
const onTransaction = ({ action }: SeenRequest) => action === 'TransactWriteItems'
const onIndex = ({ index }: SeenRequest) => index !== undefined
const onBatch = ({ action }: SeenRequest) => action === 'BatchGetItem'

const slowMs = 400

/** An index that lags does not show the newest of what it will show: of entries the last version, else the last key. */
async function stale(exchange: Exchange): Promise<void> {
  const { status, body } = await exchange.forward()
  const page = JSON.parse(body) as { Items?: { version?: { N: string } }[] }
  const items = page.Items ?? []
  const versions = items.map(({ version }) => Number(version?.N ?? 0))
  const newest = versions.lastIndexOf(Math.max(...versions))
  const Items = items.toSpliced(Math.max(0, newest), 1)
  exchange.answer({ status, body: JSON.stringify({ ...page, Items, Count: Items.length }) })
}

/** A batch may be answered in part: the rest has to be asked for again. */
async function partial(exchange: Exchange): Promise<void> {
  const { RequestItems } = JSON.parse(exchange.request.body) as {
    RequestItems: Record<string, { Keys: unknown[] }>
  }
  const [[table, { Keys, ...rest }] = ['', { Keys: [] }]] = Object.entries(RequestItems)
  const some = Math.floor(Keys.length / 2)
  const left = { [table]: { ...rest, Keys: Keys.slice(some) } }
  if (some === 0) {
    const Responses = { [table]: [] }
    return exchange.answer({ status: 200, body: JSON.stringify({ Responses, UnprocessedKeys: left }) })
  }
  const asked = { [table]: { ...rest, Keys: Keys.slice(0, some) } }
  const { status, body } = await exchange.forward(JSON.stringify({ RequestItems: asked }))
  exchange.answer({ status, body: JSON.stringify({ ...JSON.parse(body), UnprocessedKeys: left }) })
}

/** Lets a request through without its token: as if it came more than ten minutes after the first. */
async function withoutToken(exchange: Exchange): Promise<void> {
  const { ClientRequestToken, ...rest } = JSON.parse(exchange.request.body) as Record<string, unknown>
  exchange.answer(await exchange.forward(JSON.stringify(rest)))
}
const lostWithoutToken = async (exchange: Exchange) => {
  await withoutToken({ ...exchange, answer: () => exchange.reset() })
}

const lost = async (exchange: Exchange) => {
  await exchange.forward()
  exchange.reset()
}
const serverError = errorOf(500, 'InternalServerError')

export const wireFaults: readonly WireFault[] = [
  {
    name: 'table throttled',
    copies:
      'ProvisionedThroughputExceededException: a partition takes 1,000 write and 3,000 read units a second',
    hits: any,
    at: once(refused(errorOf(400, 'ProvisionedThroughputExceededException'))),
  },
  {
    name: 'account throttled, three in a row',
    copies: 'ThrottlingException: a limit of the account or the control plane',
    hits: any,
    at: thrice(refused(errorOf(400, 'ThrottlingException'))),
  },
  {
    name: 'conflict',
    copies:
      'another transaction has an item in hand: TransactionConflict, as a reason or, of a single write, an error',
    hits: onWrite,
    at: once(async (exchange) =>
      onTransaction(exchange.request)
        ? cancelled('TransactionConflict')(exchange)
        : exchange.answer(errorOf(400, 'TransactionConflictException')),
    ),
  },
  {
    name: 'transaction cancelled, three in a row',
    copies: 'one write of a transaction is throttled, so none is made: reason ThrottlingError',
    hits: onTransaction,
    at: thrice(cancelled('ThrottlingError')),
  },
  {
    name: 'transaction in progress',
    copies: 'TransactionInProgressException: the same token is still being worked on',
    hits: onTransaction,
    at: once(refused(errorOf(400, 'TransactionInProgressException'))),
  },
  {
    name: '500 before',
    copies: 'InternalServerError, and nothing was done',
    hits: any,
    at: once(refused(serverError)),
  },
  {
    name: '500 after',
    copies: 'InternalServerError says nothing about whether it was done: it was',
    hits: onWrite,
    at: once(afterwards(serverError)),
  },
  {
    name: '500 after, three in a row',
    copies: 'the same for as long as the SDK tries, so that the operation does not know either',
    hits: onWrite,
    at: thrice(afterwards(serverError)),
  },
  {
    name: '503 without a body',
    copies: 'ServiceUnavailable from a load balancer, which speaks HTML',
    hits: any,
    at: thrice(refused({ status: 503, body: '<html>503</html>' })),
  },
  {
    name: 'reset before',
    copies: 'a host goes away with its connections',
    hits: any,
    at: once(async ({ reset }) => reset()),
  },
  {
    name: 'reset after',
    copies: 'the same, when it was done and not yet answered',
    hits: onWrite,
    at: once(lost),
  },
  {
    name: 'reset after, three in a row',
    copies: 'the same for as long as the SDK tries',
    hits: onWrite,
    at: thrice(lost),
  },
  {
    name: 'answer cut off',
    copies: 'the line breaks in the middle of an answer',
    hits: any,
    at: once(async (exchange) => exchange.cut(await exchange.forward())),
  },
  {
    name: 'no answer, not done',
    copies: 'a packet is lost on its way in; the client gives up',
    hits: any,
    at: once(async () => {}),
  },
  {
    name: 'no answer, done',
    copies: 'a packet is lost on its way back; the client gives up',
    hits: onWrite,
    at: once(async (exchange) => void (await exchange.forward())),
  },
  {
    name: 'token forgotten',
    copies: 'a ClientRequestToken is good for ten minutes: what is sent again later is another request',
    hits: onTransaction,
    at: (point) => (_, count) =>
      count === point ? lostWithoutToken : count === point + 1 ? withoutToken : undefined,
  },
  {
    name: 'slow answer',
    copies: 'latency has a tail',
    hits: any,
    at: once(async (exchange) => {
      await sleep(slowMs)
      await goThrough(exchange)
    }),
  },
  {
    name: 'partial batch',
    copies: 'BatchGetItem answers UnprocessedKeys beyond 16 MB or when throttled',
    hits: onBatch,
    at: thrice(partial),
  },
  {
    name: 'batch that stays partial',
    copies: 'the same, however often the rest is asked for',
    hits: onBatch,
    at: (point) => (request, count) =>
      count >= point && count < point + 12 && onBatch(request) ? partial : undefined,
  },
  {
    name: 'stale index',
    copies: 'indexes are eventually consistent',
    isLag: true,
    hits: onIndex,
    at: once(stale),
  },
]

/** All kinds of passing faults, on some requests in a thousand. */
export function storm(random: SeededRandom, perThousand: number): Plan {
  const acts: readonly Act[] = [
    refused(errorOf(400, 'ProvisionedThroughputExceededException')),
    refused(serverError),
    afterwards(serverError),
    async ({ reset }) => reset(),
    lost,
    async (exchange) => exchange.cut(await exchange.forward()),
  ]
  return () => (random.chance(perThousand) ? acts[random.between(0, acts.length - 1)] : undefined)
}

/** Refuses the first `requests` requests. */
export function outage(requests: number): Plan {
  return (_, count) => (count <= requests ? refused(errorOf(400, 'ThrottlingException')) : undefined)
}
