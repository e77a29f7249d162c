// One function's bundle in a thread of its own: its environment, the test clock for `Date`, and nothing else.
import { parentPort, workerData } from 'node:worker_threads'
import { InvokeStore, InvokeStoreBase } from '@aws/lambda-invoke-store'
import * as v from 'valibot'
import { readCell } from '../services/clock.ts'

const Start = v.object({ bundle: v.string(), name: v.string(), cell: v.instance(SharedArrayBuffer) })
const Call = v.object({
  id: v.number(),
  event: v.unknown(),
  requestId: v.string(),
  timeoutMilliseconds: v.number(),
})
const Bundle = v.object({ handler: v.function() })

const { bundle, name, cell } = v.parse(Start, workerData)
const port = parentPort
if (port === null) throw new Error('worker.ts only runs as a worker thread')

replaceDate(new BigInt64Array(cell))
// Lambda's own store of each call's state, for instances that run several at once: the logger keeps its keys there.
const calls = await InvokeStore.getInstanceAsync()
const { handler } = v.parse(Bundle, { ...(await import(bundle)) })

port.on('message', async (message: unknown) => {
  const call = v.parse(Call, message)
  try {
    const scope = { [InvokeStoreBase.PROTECTED_KEYS.REQUEST_ID]: call.requestId }
    const result = await calls.run(scope, () => handler(call.event, contextOf(call)))
    port.postMessage({ id: call.id, result })
  } catch (cause) {
    port.postMessage({
      id: call.id,
      error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    })
  }
})
port.postMessage('ready')

function contextOf(call: v.InferOutput<typeof Call>) {
  const endsAt = performance.now() + call.timeoutMilliseconds
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: call.requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
  }
}

function replaceDate(shared: BigInt64Array): void {
  const RealDate = Date
  const now = () => readCell(shared, RealDate.now)
  const TestDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === TestDate ? target : newTarget,
      ),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  })
  RealDate.prototype.constructor = TestDate
  globalThis.Date = TestDate
}
