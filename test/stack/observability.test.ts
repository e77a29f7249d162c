import { readFileSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import priceTable from '../../bench/prices.json' with { type: 'json' }
import { type MetricPlan, metricNames } from '../../lambdas/runtime/metric-names.ts'
import { alarmKinds } from '../../lib/alarm-kinds.ts'
import { readConfig } from '../../lib/config.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { ObservabilityStack } from '../../lib/observability-stack.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { awsMetrics } from './aws-metrics.ts'
import { context } from './synthesized.ts'
import { type SynthesizedResource, synthesizeApp } from './synthesized-app.ts'

const resources = synthesizeApp({
  stage: 'prod',
  payments: 'bus',
  alarmEmail: 'on-call@example.com',
  mailFrom: 'billing@example.com',
  // So that there is a user pool to watch.
  issuer: undefined,
})
const resourcesOf = (type: string, all = resources) => all.filter(({ Type }) => Type === type)
const alarms = resourcesOf('AWS::CloudWatch::Alarm')
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')

interface NamedMetric {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, unknown>>
}

interface TemplateMetric {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[]
}

/** The metrics that an alarm looks at, whether alone or as a sum. */
function metricsOf({ Properties }: SynthesizedResource): readonly NamedMetric[] {
  const inSum: TemplateMetric[] = (Properties.Metrics ?? []).flatMap(
    (query: { MetricStat?: { Metric: TemplateMetric } }) => query.MetricStat?.Metric ?? [],
  )
  const all = Properties.MetricName === undefined ? inSum : [Properties as TemplateMetric]
  return all.map(({ Namespace, MetricName, Dimensions = [] }) => {
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))
    return { namespace: Namespace, name: MetricName, dimensions }
  })
}

/** Reports if an alarm watches a metric of a resource. The reference names its id, and its stack unless that is the alarm's. */
function isWatched({ stack, id }: SynthesizedResource, metric: string): boolean {
  return alarms.some((alarm) =>
    metricsOf(alarm).some(({ name, dimensions }) => {
      const text = JSON.stringify(dimensions)
      const isThere = alarm.stack === stack || text.includes(`"${stack}"`)
      return name === metric && isThere && text.includes(id)
    }),
  )
}

const unwatched = (type: string, metric: string, isMeant = (_: SynthesizedResource) => true) =>
  resourcesOf(type)
    .filter((resource) => isMeant(resource) && !isWatched(resource, metric))
    .map(({ stack, id }) => `${stack} ${id}`)

test.each([
  ['AWS::Lambda::Function', 'Errors'],
  ['AWS::Lambda::Function', 'Throttles'],
  ['AWS::SQS::Queue', 'ApproximateNumberOfMessagesVisible'],
  ['AWS::StepFunctions::StateMachine', 'ExecutionsFailed'],
  ['AWS::StepFunctions::StateMachine', 'ExecutionsTimedOut'],
  ['AWS::Events::Rule', 'FailedInvocations'],
  ['AWS::KinesisFirehose::DeliveryStream', 'DeliveryToS3.DataFreshness'],
  ['AWS::DynamoDB::Table', 'WriteThrottleEvents'],
  ['AWS::DynamoDB::Table', 'SystemErrors'],
  ['AWS::ApiGatewayV2::Api', '5xx'],
])('every %s has an alarm on %s', (type, metric) => {
  // Functions that the CDK runs while it deploys fail the deployment itself.
  const isOurs = ({ id }: SynthesizedResource) => !/^(Custom|AWS679f53fac002430cb0da5b7982bd2287)/.test(id)
  expect(resourcesOf(type).length).toBeGreaterThan(0)
  expect(unwatched(type, metric, isOurs)).toEqual([])
})

test('every schedule and every reader of a stream has an alarm on the function that it calls', () => {
  const calledBy = (caller: SynthesizedResource, reference: unknown): SynthesizedResource => {
    const { Ref, 'Fn::GetAtt': attribute } = reference as { Ref?: string; 'Fn::GetAtt'?: string[] }
    return { ...caller, id: Ref ?? attribute?.[0] ?? 'nothing' }
  }
  const schedules = resourcesOf('AWS::Scheduler::Schedule')
  expect(schedules.length).toBeGreaterThan(0)
  for (const schedule of schedules)
    expect(isWatched(calledBy(schedule, schedule.Properties.Target.Arn), 'Invocations'), schedule.id).toBe(
      true,
    )
  for (const mapping of resourcesOf('AWS::Lambda::EventSourceMapping'))
    expect(isWatched(calledBy(mapping, mapping.Properties.FunctionName), 'IteratorAge'), mapping.id).toBe(
      true,
    )
})

test('the name of a rule is taken in its own stack: CloudFormation splits no output of another', () => {
  const split = resources.filter(({ Properties }) =>
    /Fn::Split.*Fn::GetStackOutput/.test(JSON.stringify(Properties)),
  )
  expect(split).toEqual([])
  const named = alarms.flatMap((alarm) => metricsOf(alarm)).filter(({ name }) => name === 'FailedInvocations')
  expect(named.map(({ dimensions }) => dimensions.RuleName)).toEqual([
    {
      'Fn::GetStackOutput': {
        StackName: 'Tollgate-prod-Events',
        OutputName: 'PaymentResultsRuleF764E392Name',
      },
    },
    {
      'Fn::GetStackOutput': {
        StackName: 'Tollgate-prod-Events',
        OutputName: 'NotificationsRule982D87CEName',
      },
    },
    { Ref: expect.stringMatching(/^BreakGlassTaken/) },
  ])
})

test('throttles of the table are those of each index, too', () => {
  const [alarm] = alarms.filter(({ id }) => id.includes('tablethrottled'))
  const indexes = alarm && metricsOf(alarm).map(({ dimensions }) => dimensions.GlobalSecondaryIndexName)
  const names = ['due', 'journal', 'open', undefined]
  expect(new Set(indexes)).toEqual(new Set(names))
})

test('an alarm looks only at metrics that there are, under dimensions that they have', () => {
  const known: Record<string, MetricPlan> = metricNames
  for (const alarm of alarms)
    for (const { namespace, name, dimensions } of metricsOf(alarm)) {
      const keys = Object.keys(dimensions).sort().join(',')
      const kept =
        namespace === 'Tollgate/prod'
          ? known[name]?.by.map((set) => set.toSorted().join(','))
          : awsMetrics[namespace]?.[name]
      expect(kept, `${namespace} ${name}`).toContain(keys)
    }
})

test('dashboards show only metrics that there are', () => {
  const bodies = resourcesOf('AWS::CloudWatch::Dashboard').map(({ Properties }) =>
    JSON.stringify(Properties.DashboardBody).replaceAll('\\', ''),
  )
  expect(bodies).toHaveLength(2)
  const shown = bodies.flatMap((body) => [
    ...[...body.matchAll(/"(AWS\/\w+|Tollgate\/prod)","([\w.]+)"/g)].map(([, space, name]) => [space, name]),
    ...[...body.matchAll(/MetricName="(\w+)"/g)].map(([, name]) => ['Tollgate/prod', name]),
  ])
  expect(shown.length).toBeGreaterThan(60)
  for (const [space = '', name = ''] of shown)
    expect(space === 'Tollgate/prod' ? metricNames : awsMetrics[space], space).toHaveProperty([name])
})

const sections = runbook.split(/^## /m).slice(1)
const headings = sections.map((section) => section.slice(0, section.indexOf('\n')))
const anchorOf = ({ Properties }: SynthesizedResource) => String(Properties.AlarmDescription).split('#')[1]

test('every alarm has a section of the runbook, and every section an alarm', () => {
  const told = [...alarms, ...resourcesOf('AWS::CloudWatch::CompositeAlarm')].map(anchorOf)
  expect([...new Set(told)].sort()).toEqual(headings.filter((heading) => /^[a-z-]+$/.test(heading)).sort())
  expect([...new Set(told)].sort()).toEqual([...Object.keys(alarmKinds), 'customers-affected'].sort())
})

test('every section says what it means, and how to investigate, fix and verify', () => {
  for (const section of sections.filter((section) => /^[a-z-]+\n/.test(section))) {
    const parts = [...section.matchAll(/^\*\*(\w+)\.\*\*/gm)].map((match) => match[1])
    expect(parts, section.slice(0, 40)).toEqual(['Meaning', 'Investigate', 'Fix', 'Verify'])
  }
})

test('every alarm states its threshold, the meaning of missing data and its runbook section, and notifies the topic', () => {
  const [topic] = resourcesOf('AWS::SNS::Topic')
  for (const { id, Properties } of alarms) {
    expect(Properties.AlarmDescription, id).toMatch(
      /^.+\. Threshold: .+\. Missing data: .+\. What to do: docs\/runbook\.md#[a-z-]+$/,
    )
    expect(Properties.TreatMissingData, id).toMatch(/^(notBreaching|breaching)$/)
    expect([Properties.AlarmActions, Properties.OKActions], id).toEqual([
      [{ Ref: topic?.id }],
      [{ Ref: topic?.id }],
    ])
  }
})

test('one more alarm combines the alarms of failures that customers notice', () => {
  const [composite] = resourcesOf('AWS::CloudWatch::CompositeAlarm')
  const rule = JSON.stringify(composite?.Properties.AlarmRule)
  const within = alarms.filter(({ id }) => rule.includes(id)).map(anchorOf)
  const kinds = Object.entries(alarmKinds).filter(([, kind]) => 'hurtsCustomers' in kind)
  expect([...new Set(within)].sort()).toEqual(kinds.map(([name]) => name).sort())
})

test('alarms notify an encrypted topic, and send mail where an address is given', () => {
  expect(resourcesOf('AWS::SNS::Topic')[0]?.Properties.KmsMasterKeyId).toBeDefined()
  expect(resourcesOf('AWS::SNS::Subscription')).toMatchObject([
    { Properties: { Protocol: 'email', Endpoint: 'on-call@example.com' } },
  ])
})

test('answers 401 and 429 are counted from the access log, but not who floods what anyone may call', () => {
  const filters = resourcesOf('AWS::Logs::MetricFilter').map(({ Properties }) => [
    Properties.MetricTransformations[0].MetricName,
    Properties.MetricTransformations[0].MetricNamespace,
    Properties.FilterPattern,
  ])
  const open = ['/v1/offer', '/v1/openapi.json', '/.well-known/oauth-protected-resource/mcp']
    .map((path) => `&& $.route != "GET ${path}"`)
    .join(' ')
  expect(filters).toEqual([
    ['Unauthorized', 'Tollgate/prod', '{ $.status = "401" }'],
    ['Throttled', 'Tollgate/prod', `{ $.status = "429" ${open} }`],
  ])
})

/** The alarm on the errors of a function, by the start of the function's id. */
function errorAlarm(functionId: string) {
  const found = alarms.filter((alarm) =>
    metricsOf(alarm).some(
      ({ name, dimensions }) => name === 'Errors' && JSON.stringify(dimensions).includes(functionId),
    ),
  )
  expect(found, functionId).toHaveLength(1)
  const { Period, EvaluationPeriods, Threshold } = found[0]?.Properties ?? {}
  return { Period, EvaluationPeriods, Threshold }
}

test('a function that fails at each call of its schedule raises an alarm, however rare its calls', () => {
  // Lambda repeats a failed run twice within three minutes: of an hourly run, only the next one falls into the next period.
  const twoRuns = { EvaluationPeriods: 2, Threshold: 1 }
  for (const hourly of ['CheckReadersFunction', 'StartWorkflowsFunction'])
    expect(errorAlarm(hourly)).toEqual({ Period: 3_600, ...twoRuns })
  for (const often of ['SweepFunction', 'ArchiveEntriesFunction', 'DeliverDueFunction'])
    expect(errorAlarm(often)).toEqual({ Period: 300, ...twoRuns })
})

test('one of the four schedules of the sweep that falls silent raises an alarm, though the other three go on', () => {
  const [alarm, ...others] = alarms.filter(
    (each) =>
      each.id.includes('schedulesilent') &&
      metricsOf(each).some(({ dimensions }) => JSON.stringify(dimensions).includes('SweepFunction')),
  )
  expect(others).toEqual([])
  // In a quarter of an hour, three schedules call nine times, and all four twelve times.
  expect(alarm?.Properties).toMatchObject({ Period: 900, EvaluationPeriods: 2, Threshold: 10 })
  expect(alarm?.Properties.ComparisonOperator).toBe('LessThanThreshold')
})

test('one sign-in that fails for good raises an alarm, because nobody repeats it', () =>
  expect(errorAlarm('AddPersonFunction')).toEqual({ Period: 300, EvaluationPeriods: 1, Threshold: 3 }))

test('payments without an answer raise an alarm after two days in a row', () => {
  const [alarm] = alarms.filter(({ id }) => id.includes('paymentssilent'))
  const [{ Expression = '' } = {}] = alarm?.Properties.Metrics ?? []
  expect(Expression).toMatch(/^IF\(.*purchases.*invoices.* > 0 AND .*settled.*failed.* == 0, 1, 0\)$/)
  expect(alarm && metricsOf(alarm).map(({ name }) => name)).toEqual([
    'Purchases',
    'InvoicesIssued',
    'PaymentsSettled',
    'PaymentsFailed',
  ])
  expect(alarm?.Properties.EvaluationPeriods).toBe(2)
})

test('the stack of alarms locks nothing: watched resources may be changed and removed', () => {
  const text = JSON.stringify(resources.filter(({ stack }) => stack.endsWith('-Observability')))
  expect(text).toContain('Fn::GetStackOutput')
  expect(text).not.toContain('Fn::ImportValue')
})

test('the fixed costs in the price table are those of a stage for customers', () => {
  const numbers = Object.entries(priceTable.fixed).map(([what, { number }]) => [what, number])
  expect(Object.fromEntries(numbers)).toEqual({
    alarmMetrics: alarms.flatMap(metricsOf).length,
    compositeAlarms: resourcesOf('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: resourcesOf('AWS::CloudWatch::Dashboard').length,
    // Metrics with a total. The number of other metrics depends on the calls and answers that are used.
    ownMetrics: Object.values<MetricPlan>(metricNames).filter(({ by }) => by.some((set) => set.length === 0))
      .length,
    keys: resourcesOf('AWS::KMS::Key').length,
    secrets: resourcesOf('AWS::SecretsManager::Secret').length,
  })
})

test('alarms cost what docs/runbook.md says: at most 122 metrics', () => {
  expect(alarms.flatMap(metricsOf).length).toBeLessThanOrEqual(122)
})

test('a stage that nobody works on is not woken by silence, and tells nobody unless asked to', () => {
  const app = new App({ context, outdir: temporaryFolder() })
  const config = readConfig(app.node)
  new DataStack(app, 'Data', { config })
  const dev = Template.fromStack(new ObservabilityStack(app, 'Observability', { config }))
  const texts = Object.values(dev.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties.AlarmDescription,
  )
  expect(texts.filter((text) => text.endsWith('#faults'))).toHaveLength(1)
  expect(texts.filter((text) => text.endsWith('#no-decisions'))).toEqual([])
  dev.resourceCountIs('AWS::SNS::Subscription', 0)
})
