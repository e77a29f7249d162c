import * as v from 'valibot'
import { arnOf } from '../assembly.ts'
import { type ServiceCall, ServiceFault } from '../services/services.ts'
import type { Workflows } from './workflows.ts'

const Start = v.object({ stateMachineArn: v.string(), name: v.string(), input: v.string() })
const List = v.object({ stateMachineArn: v.string(), statusFilter: v.literal('RUNNING') })

/** The Step Functions calls that functions make: starting an execution and listing running executions. */
export function makeWorkflowCalls(
  workflows: Pick<Workflows, 'start' | 'runningOf'>,
  now: () => number,
): Readonly<Record<string, ServiceCall>> {
  return {
    'AWSStepFunctions.StartExecution': async (request) => {
      const { stateMachineArn, name, input } = read(Start, request)
      const outcome = workflows.start(idOf(stateMachineArn), name, JSON.parse(input))
      if (outcome === 'unknown') throw new ServiceFault('StateMachineDoesNotExist', stateMachineArn)
      if (outcome === 'exists') throw new ServiceFault('ExecutionAlreadyExists', name)
      return { executionArn: `${arnOf(idOf(stateMachineArn))}:${name}`, startDate: now() / 1_000 }
    },
    'AWSStepFunctions.ListExecutions': async (request) => {
      const { stateMachineArn } = read(List, request)
      const names = workflows.runningOf(idOf(stateMachineArn))
      return { executions: names.map((name) => ({ name, stateMachineArn, status: 'RUNNING' })) }
    },
  }
}

/** A state machine's reference is its logical id here. Its ARN ends with it. */
const idOf = (stateMachineArn: string): string => stateMachineArn.split(':').at(-1) ?? ''

function read<T>(schema: v.GenericSchema<unknown, T>, request: unknown): T {
  const result = v.safeParse(schema, request)
  if (!result.success) throw new ServiceFault('ValidationException', v.summarize(result.issues))
  return result.output
}
