import validate from 'asl-validator'
import { Match } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { type Answer, runDefinition } from './run-definition.ts'
import { definitionOf, statesOf, synthesizeWorkflows } from './synthesized-definitions.ts'

const template = synthesizeWorkflows()
const migration = definitionOf(template, 'Migration')
const recovery = definitionOf(template, 'PaymentRecovery')

describe.each([
  ['migration', migration],
  ['payment recovery', recovery],
])('the definition of %s', (_, definition) => {
  test('is valid', () => {
    const { isValid, errorsText } = validate(definition, { checkPaths: true, checkArn: true })
    expect(errorsText('\n')).toBe('')
    expect(isValid).toBe(true)
  })

  test('has no timeout, because a campaign may last for any time', () => {
    expect(definition).not.toHaveProperty('TimeoutSeconds')
  })

  test('retries every task boundedly and ends in a Fail state after that', () => {
    const states = new Map(statesOf(definition))
    for (const state of states.values()) {
      if (state.Type === 'Task') expect(state.Retry?.[0]?.MaxAttempts).toBeLessThan(20)
      if (state.Type === 'Task' || state.Type === 'Map')
        expect(states.get(state.Catch?.[0]?.Next ?? '')?.Type).toBe('Fail')
    }
  })

  test('holds no rule: a choice reads the verdict, and a wait what it says', () => {
    for (const [, state] of statesOf(definition)) {
      for (const { Variable } of state.Choices ?? []) expect(Variable).toBe('$.verdict')
      if (state.Type === 'Wait') expect(state.SecondsPath).toBe('$.seconds')
    }
  })
})

test('a step of a campaign notifies all shards at once', () => {
  const { TellShards } = migration.States
  expect(TellShards).toMatchObject({ Type: 'Map', MaxConcurrency: 16 })
})

test('the validator finds a state that leads nowhere', () => {
  const broken = structuredClone(recovery)
  Reflect.set(broken.States.WaitAndAskAgain ?? {}, 'Next', 'Nowhere')
  expect(validate(broken, { checkPaths: true, checkArn: true }).isValid).toBe(false)
})

test('state machines are standard, traced, log what failed, and may call their own tasks only', () => {
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 2)
  template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
    StateMachineType: 'STANDARD',
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: Match.objectLike({ Level: 'ERROR' }),
  })
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    (policy) => policy.Properties.PolicyDocument.Statement as { Action: string; Resource: unknown }[],
  )
  const invoking = statements.filter(({ Action }) => Action === 'lambda:InvokeFunction')
  expect(invoking.map(({ Resource }) => [Resource].flat().length).sort()).toEqual([1, 1, 3])
  expect(JSON.stringify(invoking)).not.toContain('*')
})

const campaignId = 'aps-2025'
const step = { notice: 'announced', scheduledAt: 1 }
const shards = [0, 1, 2].map((shard) => ({ campaignId, step, shard }))
const tell = { campaignId, verdict: 'tell', step, shards }
const wait = { campaignId, verdict: 'wait', seconds: 21_600 }
const done = { campaignId, verdict: 'done', summary: { teams: 3 } }
const finished = { campaignId, verdict: 'finished' }
const told = (input: Record<string, unknown>) => ({ ...input, verdict: 'told' })
const more = (input: Record<string, unknown>) => ({ ...input, verdict: 'more' })
const moved = (input: Record<string, unknown>) => ({ ...input, verdict: 'moved' })

const run = (answers: Readonly<Record<string, readonly Answer[]>>) =>
  runDefinition(migration, { campaignId }, answers)
const statesCalled = ({ calls }: { calls: readonly { state: string }[] }) => calls.map(({ state }) => state)

describe('a campaign', () => {
  test('waits, tells every shard, marks the step and ends with its summary', async () => {
    const ran = await run({ PlanCampaign: [wait, tell, done], TellTeams: [told], FinishStep: [finished] })
    expect(ran).toMatchObject({ status: 'succeeded', output: done, waits: [21_600] })
    expect(statesCalled(ran)).toEqual([
      'PlanCampaign',
      'PlanCampaign',
      ...shards.map(() => 'TellTeams'),
      'FinishStep',
      'PlanCampaign',
    ])
    const inputs = ran.calls.flatMap(({ state, input }) => (state === 'TellTeams' ? input : []))
    expect(inputs).toEqual(expect.arrayContaining(shards))
    expect(ran.calls.find(({ state }) => state === 'FinishStep')?.input).toMatchObject({ campaignId, step })
  })

  test('asks a shard for more until it has none', async () => {
    const singleShard = { ...tell, shards: shards.slice(0, 1) }
    const ran = await run({
      PlanCampaign: [singleShard, done],
      TellTeams: [more, more, told],
      FinishStep: [finished],
    })
    expect(statesCalled(ran).filter((state) => state === 'TellTeams')).toHaveLength(3)
    expect(ran.status).toBe('succeeded')
  })

  test('asks for the plan again when its dates were moved while it notified', async () => {
    const unfinished = { campaignId, verdict: 'unfinished' }
    const ran = await run({
      PlanCampaign: [tell, wait, done],
      TellTeams: [moved],
      FinishStep: [unfinished],
    })
    expect(statesCalled(ran).slice(-3)).toEqual(['FinishStep', 'PlanCampaign', 'PlanCampaign'])
    expect(ran.status).toBe('succeeded')
  })

  test.each([
    ['PlanCampaign', { PlanCampaign: [new Error('busy'), new Error('busy'), done] }],
    [
      'TellTeams',
      { PlanCampaign: [tell, done], TellTeams: [new Error('busy'), told], FinishStep: [finished] },
    ],
    [
      'FinishStep',
      { PlanCampaign: [tell, done], TellTeams: [told], FinishStep: [new Error('busy'), finished] },
    ],
  ])('goes on after a failure of %s that passes', async (_, answers) => {
    expect(await run(answers)).toMatchObject({ status: 'succeeded', output: done })
  })

  test.each([
    ['PlanCampaign', { PlanCampaign: [new Error('the table is gone')] }, 9],
    [
      'FinishStep',
      { PlanCampaign: [tell], TellTeams: [told], FinishStep: [new Error('the table is gone')] },
      9,
    ],
  ])('fails, saying why, when %s keeps failing', async (state, answers, tries) => {
    const ran = await run(answers)
    expect(ran.status).toBe('failed')
    expect(ran.error).toContain('the table is gone')
    expect(statesCalled(ran).filter((called) => called === state)).toHaveLength(tries)
  })

  test('fails when one shard keeps failing, and marks nothing', async () => {
    const ran = await run({
      PlanCampaign: [tell],
      TellTeams: [
        (input) => {
          if (input.shard === 1) throw new Error('poison')
          return told(input)
        },
      ],
    })
    expect(ran.status).toBe('failed')
    expect(ran.error).toContain('poison')
    expect(statesCalled(ran)).not.toContain('FinishStep')
  })

  test('fails at a verdict that it does not know', async () => {
    expect(await run({ PlanCampaign: [{ campaignId, verdict: 'perhaps' }] })).toMatchObject({
      status: 'failed',
    })
  })
})

describe('payment recovery', () => {
  const input = { teamId: 'acme', period: '2026-01' }
  const asked = { ...input, verdict: 'wait', seconds: 600 }
  const paid = { ...input, verdict: 'done', outcome: 'paid' }
  const recover = (answers: readonly Answer[]) => runDefinition(recovery, input, { RecoverPayment: answers })

  test('waits and asks until the bill is paid, or its steps are over', async () => {
    const ran = await recover([asked, asked, paid])
    expect(ran).toMatchObject({ status: 'succeeded', output: paid, waits: [600, 600] })
    expect(ran.calls.every((call) => call.input.teamId === 'acme' && call.input.period === '2026-01')).toBe(
      true,
    )
  })

  test('goes on after a failure that passes', async () => {
    expect(await recover([new Error('busy'), asked, new Error('busy'), paid])).toMatchObject({ output: paid })
  })

  test('fails, saying why, when the failure stays', async () => {
    const ran = await recover([new Error('the table is gone')])
    expect(ran.status).toBe('failed')
    expect(ran.error).toContain('the table is gone')
    expect(ran.calls).toHaveLength(9)
  })
})
