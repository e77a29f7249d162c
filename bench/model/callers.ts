import { appOf, workOf } from '../teams.ts'
import type { Answer, Environment } from './environment.ts'
import type { Model } from './model.ts'

/** Answers that callers got, in the order of their arrival. */
export type Answers = Answer[]

/** A caller that calls again as soon as it has an answer, with an environment for itself. */
interface Caller {
  readonly model: Model
  readonly environment: Environment
  readonly teamId: string
  /** Begins the ids of its operations. */
  readonly name: string
  readonly untilMs: number
  readonly answers: Answers
}

/** Each caller starts within the first second. */
const startsWithinMs = 1_000

/** Authorizes again and again, each time with a new id. After a 503 it waits as long as `Retry-After` says. */
export function keepAuthorizing(caller: Caller): Promise<void> {
  return keepCalling(caller, (count) => authorize(caller, count))
}

/** Authorizes and captures again and again. A capture that is answered 503 is repeated until it is recorded. */
export function keepWorking(caller: Caller): Promise<void> {
  return keepCalling(caller, async (count) => {
    const answer = await authorize(caller, count)
    if (answer.body.decision !== 'allow') return answer
    const params = { authorizationId: idOf(caller, count) }
    const captured = () =>
      call(caller, 'captureAuthorization', params, { used: workOf(count).quantity, final: true })
    let capture = await captured()
    for (; capture.status === 503; capture = await captured()) await waitAsAsked(caller, capture)
    return capture
  })
}

/** Calls an operation every two seconds, with its count in the request. A caller that is turned away waits as asked. */
export function callNowAndThen(
  caller: Caller,
  operationId: string,
  requestOf: (count: number) => { readonly params: Record<string, string>; readonly body: unknown },
): Promise<void> {
  return keepCalling(caller, async (count) => {
    await caller.model.time.sleep(2_000)
    const { params, body } = requestOf(count)
    return call(caller, operationId, params, body)
  })
}

async function keepCalling(caller: Caller, work: (count: number) => Promise<Answer>): Promise<void> {
  const { time, random } = caller.model
  await time.sleep(random() * startsWithinMs)
  for (let count = 0; time.now() < caller.untilMs; count++) await waitAsAsked(caller, await work(count))
}

/** Waits after a 503, but not beyond the end of the run. */
async function waitAsAsked({ model, untilMs }: Caller, { retryAfterSeconds = 0 }: Answer): Promise<void> {
  await model.time.sleep(Math.min(retryAfterSeconds * 1_000, Math.max(0, untilMs - model.time.now())))
}

function authorize(caller: Caller, count: number): Promise<Answer> {
  const body = { authorizationId: idOf(caller, count), appId: appOf(caller.teamId), ...workOf(count) }
  return call(caller, 'authorizeUsage', {}, body)
}

const idOf = ({ name }: Caller, count: number): string => `${name}-${count}`

async function call(
  { environment, answers }: Caller,
  ...request: Parameters<Environment['call']>
): Promise<Answer> {
  const answer = await environment.call(...request)
  answers.push(answer)
  return answer
}
