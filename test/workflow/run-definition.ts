import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions'
import { statesOf } from './synthesized-definitions.ts'

/** Answer of a task to a call. An error is thrown, and a function is called with the input. */
export type Answer = Error | object | ((input: Record<string, unknown>) => object)

export interface Ran {
  readonly status: 'succeeded' | 'failed'
  readonly error?: string
  readonly output?: unknown
  /** `<state> <input>` of each call of a task, in order. */
  readonly calls: readonly { readonly state: string; readonly input: Record<string, unknown> }[]
  readonly waits: readonly number[]
}

/** Runs a definition with fakes for its tasks: no time passes in waits and between retries. */
export async function runDefinition(
  definition: StateMachineDefinition,
  input: object,
  answers: Readonly<Record<string, readonly Answer[]>>,
): Promise<Ran> {
  const calls: { state: string; input: Record<string, unknown> }[] = []
  const waits: number[] = []
  const names = (type: string) =>
    statesOf(definition).flatMap(([name, { Type }]) => (Type === type ? name : []))
  const fakeOf = (state: string) => {
    const left = [...(answers[state] ?? [])]
    return async (given: unknown) => {
      const asked = given as Record<string, unknown>
      calls.push({ state, input: asked })
      // The last answer stands for all further ones.
      const answer = left.length > 1 ? left.shift() : left[0]
      if (answer === undefined) throw new Error(`${state} was not expected to be called`)
      if (answer instanceof Error) throw answer
      const output = typeof answer === 'function' ? answer(asked) : answer
      if ('seconds' in output) waits.push(Number(output.seconds))
      return output as never
    }
  }
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(names('Task').map((name) => [name, fakeOf(name)])),
    waitTimeOverrides: Object.fromEntries(names('Wait').map((name) => [name, 0])),
    retryIntervalOverrides: Object.fromEntries(names('Task').map((name) => [name, 0])),
  }
  const run = new StateMachine(definition).run(input as never, { overrides })
  try {
    return { status: 'succeeded', output: await run.result, calls, waits }
  } catch (cause) {
    return { status: 'failed', error: cause instanceof Error ? cause.message : String(cause), calls, waits }
  }
}
