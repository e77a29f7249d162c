import { expect, test } from 'vitest'
import { makeWorkflowCalls } from '../../local/workflows/workflow-calls.ts'
import { readStateMachine } from '../../local/workflows/workflow-definition.ts'
import { Workflows } from '../../local/workflows/workflows.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const task = { Type: 'Task', Resource: 'arn:ask', Next: 'WhatToDo' }
const retried = { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }] }
const rule = (verdict: string, Next: string) => ({ Variable: '$.verdict', StringEquals: verdict, Next })
const definition = {
  StartAt: 'Ask',
  States: {
    Ask: { ...task, ...retried },
    WhatToDo: { Type: 'Choice', Choices: [rule('wait', 'Wait'), rule('done', 'Done')] },
    Wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Ask' },
    Done: { Type: 'Succeed' },
  },
}
const read = (changed: object = definition) =>
  readStateMachine('Machine', JSON.stringify(changed), (arn) => arn)
const wait = { verdict: 'wait', seconds: 3_600, until: '2100-01-01T00:00:00Z' }

function open(ask: (input: unknown) => object, dataDir = temporaryFolder(), isStanding = true) {
  const lines: string[] = []
  const calls: unknown[] = []
  const invoke = async (_: string, input: unknown) => {
    calls.push(input)
    return ask(input)
  }
  const parts = { machines: [read()], dataDir, isStanding: () => isStanding, invoke }
  const workflows = new Workflows({ ...parts, log: (line) => lines.push(line) })
  return { workflows, lines, calls, dataDir }
}

test('each move of the clock lets waiting executions call their function once, and returns when they wait again', async () => {
  const { workflows, calls } = open(() => wait)
  workflows.start('Machine', 'one', { of: 1 })
  workflows.start('Machine', 'two', { of: 2 })
  await workflows.settle()
  await workflows.settle()
  expect(calls).toHaveLength(4)
  expect(workflows.runningOf('Machine')).toEqual(['one', 'two'])
  workflows.stop()
})

test('an ended execution does not run again, and keeps its name', async () => {
  const { workflows } = open(() => ({ verdict: 'done' }))
  expect(workflows.start('Machine', 'one', {})).toBe('started')
  expect(workflows.start('Machine', 'one', {})).toBe('running')
  await workflows.settle()
  expect(workflows.runningOf('Machine')).toEqual([])
  expect(workflows.start('Machine', 'one', {})).toBe('exists')
  expect(workflows.start('Other', 'one', {})).toBe('unknown')
})

test('executions that ran when the runtime stopped or was killed start again; ended ones do not', async () => {
  const first = open((input) => (Object.hasOwn(input as object, 'ends') ? { verdict: 'done' } : wait))
  first.workflows.start('Machine', 'ended', { ends: true })
  first.workflows.start('Machine', 'waiting', { of: 1 })
  await first.workflows.settle()
  const again = open(() => wait, first.dataDir)
  again.workflows.resume()
  await again.workflows.settle()
  expect(again.workflows.runningOf('Machine')).toEqual(['waiting'])
  expect(again.calls[0]).toEqual({ of: 1 })
  expect(again.workflows.start('Machine', 'ended', {})).toBe('exists')
  first.workflows.stop()
  again.workflows.stop()
})

test('a failure is retried as often as the definition says, then logged with its cause', async () => {
  const { workflows, lines, calls } = open(() => {
    throw new Error('the table is gone')
  })
  workflows.start('Machine', 'one', {})
  await workflows.settle()
  expect(calls).toHaveLength(3)
  expect(lines).toEqual([expect.stringMatching(/Machine: one failed: .*the table is gone/)])
})

test('a wait ends by real time while the clock is not set', async () => {
  const { workflows, calls } = open(
    () => (calls.length > 1 ? { verdict: 'done' } : { ...wait, seconds: 0.05 }),
    undefined,
    false,
  )
  workflows.start('Machine', 'one', {})
  await expect.poll(() => workflows.runningOf('Machine')).toEqual([])
  expect(calls).toHaveLength(2)
})

test('functions receive errors with the names that their client knows', async () => {
  const { workflows } = open(() => ({ verdict: 'done' }))
  const calls = makeWorkflowCalls(workflows, () => 1_000)
  const start = (stateMachineArn: string) =>
    calls['AWSStepFunctions.StartExecution']?.({ stateMachineArn, name: 'one', input: '{}' })
  expect(await start('Machine')).toMatchObject({ startDate: 1 })
  await workflows.settle()
  await expect(start('Machine')).rejects.toMatchObject({ type: 'ExecutionAlreadyExists' })
  await expect(start('Nothing')).rejects.toMatchObject({ type: 'StateMachineDoesNotExist' })
  const list = calls['AWSStepFunctions.ListExecutions']
  await expect(list?.({ stateMachineArn: 'Machine', statusFilter: 'FAILED' })).rejects.toMatchObject({
    type: 'ValidationException',
  })
})

test('an unsupported state type, or a state name that is used twice, stops the start', () => {
  const withState = (state: object) => ({ ...definition, States: { ...definition.States, More: state } })
  expect(() => read(withState({ Type: 'Parallel', Branches: [] }))).toThrow('Parallel')
  const inner = { StartAt: 'Ask', States: { Ask: task } }
  expect(() => read(withState({ Type: 'Map', ItemProcessor: inner }))).toThrow('two states are called Ask')
})
