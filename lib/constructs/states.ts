/** The states of the Amazon States Language (JSONPath) that our state machines need. */
export type State = Readonly<Record<string, unknown>>

/** Retries of every task for transient failures: about ten minutes, with increasing intervals. */
const retry = [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 2,
    MaxAttempts: 8,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    JitterStrategy: 'FULL',
  },
]

/** A failure after all retries goes to a Fail state, with its cause. */
export const caught = (failed: string) => [
  { ErrorEquals: ['States.ALL'], Next: failed, ResultPath: '$.error' },
]

/** Calls a function with the state's input. Its result is the state's output. */
export function task(functionArn: string, to: { readonly next: string; readonly failed: string }): State {
  return { Type: 'Task', Resource: functionArn, Retry: retry, Catch: caught(to.failed), Next: to.next }
}

/** Chooses the next state by the verdict. An unknown verdict fails. */
export function choice(byVerdict: Readonly<Record<string, string>>): State {
  const rules = Object.entries(byVerdict).map(([verdict, Next]) => {
    return { Variable: '$.verdict', StringEquals: verdict, Next }
  })
  return { Type: 'Choice', Choices: rules }
}

/** Waits for the number of seconds in the verdict, then continues with `next`. */
export const wait = (next: string): State => ({ Type: 'Wait', SecondsPath: '$.seconds', Next: next })

export const fail = (error: string): State => ({ Type: 'Fail', Error: error, CausePath: '$.error.Cause' })
