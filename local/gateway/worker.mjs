// Runs one function's bundle in a separate thread, with its environment and the test clock for `Date`.
// This is plain JavaScript, so that no thread loads the code that strips types.
import { parentPort, workerData } from 'node:worker_threads'
import { InvokeStore, InvokeStoreBase } from '@aws/lambda-invoke-store'

const { bundle, name, cell, realTime } = workerData

replaceDate(new BigInt64Array(cell))
// Lambda's store for the state of each call, for instances that run several calls at once. The logger stores
// its keys in it.
const calls = await InvokeStore.getInstanceAsync()
const { handler } = await import(bundle)

parentPort.on('message', async (call) => {
  try {
    const scope = { [InvokeStoreBase.PROTECTED_KEYS.REQUEST_ID]: call.requestId }
    const result = await calls.run(scope, () => handler(call.event, contextOf(call)))
    parentPort.postMessage({ id: call.id, result })
  } catch (cause) {
    parentPort.postMessage({
      id: call.id,
      error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    })
  }
})
parentPort.postMessage('ready')

function contextOf({ requestId, timeoutMilliseconds }) {
  const endsAt = performance.now() + timeoutMilliseconds
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
  }
}

function replaceDate(shared) {
  const RealDate = Date
  const now = () => {
    const shown = Atomics.load(shared, 0)
    return shown === realTime ? RealDate.now() : Number(shown)
  }
  const TestDate = new Proxy(RealDate, {
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
