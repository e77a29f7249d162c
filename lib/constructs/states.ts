/** States of the Amazon States Language (JSONPath), as far as our state machines need them. */
export type State = Readonly<Record<string, unknown>>

/** What every task does about a failure that may pass: about ten minutes of tries, ever further apart. */
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

/** What is left of a failure goes to a Fail state, with its cause. */
export const caught = (failed: string) => [
  { ErrorEquals: ['States.ALL'], Next: failed, ResultPath: '$.error' },
]

/** Calls a function with the state's input; what it answers is the state's output. */
export function task(functionArn: string, to: { readonly next: string; readonly failed: string }): State {
  return { Type: 'Task', Resource: functionArn, Retry: retry, Catch: caught(to.failed), Next: to.next }
}

/** Goes where the verdict says. A verdict that nobody knows fails. */
export function choice(byVerdict: Readonly<Record<string, string>>): State {
  const rules = Object.entries(byVerdict).map(([verdict, Next]) => {
    return { Variable: '$.verdict', StringEquals: verdict, Next }
  })
  return { Type: 'Choice', Choices: rules }
}

/** Waits as long as the verdict says, and asks again. */
export const wait = (next: string): State => ({ Type: 'Wait', SecondsPath: '$.seconds', Next: next })

export const fail = (error: string): State => ({ Type: 'Fail', Error: error, CausePath: '$.error.Cause' })
