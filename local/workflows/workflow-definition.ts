import type { StateMachineDefinition } from 'aws-local-stepfunctions'
import * as v from 'valibot'

/** Facts about a state machine that the runner needs in addition to its definition. */
export interface StateMachine {
  /** Logical id. */
  readonly id: string
  /** The definition in the template, with its functions' ARNs resolved. */
  readonly definition: StateMachineDefinition
  /** Function of each Task state, by the state's name, including the states of Map states. */
  readonly tasks: ReadonlyMap<string, string>
  readonly waits: readonly string[]
}

interface State {
  readonly Type: string
  readonly Resource?: string
  readonly ItemProcessor?: unknown
}

const States = v.object({
  States: v.record(
    v.string(),
    v.looseObject({
      Type: v.picklist(['Task', 'Choice', 'Wait', 'Map', 'Succeed', 'Fail', 'Pass']),
      Resource: v.optional(v.string()),
      ItemProcessor: v.optional(v.unknown()),
    }),
  ),
})

/** Reads a definition. Throws when a state has an unsupported type or two states have the same name. */
export function readStateMachine(
  id: string,
  definitionText: string,
  functionWithArn: (arn: string) => string,
): StateMachine {
  const definition: unknown = JSON.parse(definitionText)
  const states = allStates(definition)
  const names = states.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`two states are called ${twice}`)
  const tasks = states.filter(([, { Type }]) => Type === 'Task')
  const waits = states.filter(([, { Type }]) => Type === 'Wait')
  return {
    id,
    definition: definition as StateMachineDefinition,
    tasks: new Map(tasks.map(([name, { Resource }]) => [name, functionWithArn(Resource ?? '')])),
    waits: waits.map(([name]) => name),
  }
}

function allStates(definition: unknown): (readonly [string, State])[] {
  return Object.entries(v.parse(States, definition).States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor === undefined ? [] : allStates(state.ItemProcessor)),
  ])
}
