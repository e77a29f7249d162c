import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeRenewCommand, renewals } from '../../bin/renew-alarms.ts'
import { synthesizeStage } from './stage-folder.ts'

/* Alarms copy the names of what they watch. When a stack is made again they are renewed by two deployments of theirs. */

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>
  readonly Outputs?: Readonly<Record<string, unknown>>
}

const alarmEmail = 'on-call@example.com'
const templateWith = (context: Record<string, string>): Template => {
  const folder = synthesizeStage({ stage: 'prod', alarmEmail, ...context })
  return JSON.parse(readFileSync(`${folder}/Tollgate-prod-Observability.template.json`, 'utf8'))
}

describe('the first deployment', () => {
  const [first = [], second = []] = renewals(['stage=prod', `alarmEmail=${alarmEmail}`], 'dev')
  const none = templateWith({ watch: 'none' })
  const all = templateWith({})
  const typesOf = ({ Resources }: Template) => new Set(Object.values(Resources).map(({ Type }) => Type))

  test('leaves nothing that copies a name of another stack, and the second makes all of it again', () => {
    expect(JSON.stringify(none)).not.toMatch(/Fn::GetStackOutput|Fn::ImportValue/)
    const copying = Object.entries(all.Resources).filter(([, resource]) =>
      JSON.stringify(resource).includes('Fn::GetStackOutput'),
    )
    expect(copying.length).toBeGreaterThan(70)
    for (const [id] of copying) expect(none.Resources[id], id).toBeUndefined()
  })

  test('keeps the topic and who has subscribed to it, under the same ids', () => {
    expect([...typesOf(none)].toSorted()).toEqual(
      expect.arrayContaining([
        'AWS::KMS::Key',
        'AWS::SNS::Subscription',
        'AWS::SNS::Topic',
        'AWS::SNS::TopicPolicy',
      ]),
    )
    const kept = Object.entries(none.Resources).filter(([, { Type }]) =>
      /::(Key|Topic|Subscription)$/.test(Type),
    )
    expect(kept).toHaveLength(3)
    for (const [id, resource] of kept) expect(all.Resources[id], id).toEqual(resource)
    expect(none.Outputs).toHaveProperty('AlarmTopicArn')
  })

  test('deploys only that stack with all given settings, and so does the second', () => {
    expect(first.slice(0, 5)).toEqual([
      'deploy',
      'Tollgate-prod-Observability',
      '--exclusively',
      '--require-approval',
      'never',
    ])
    expect(first).toEqual([...second, '-c', 'watch=none'])
    expect(second).toEqual(expect.arrayContaining(['stage=prod', `alarmEmail=${alarmEmail}`]))
    expect(second).not.toContain('watch=none')
  })
})

test('without a stage it is that of cdk.json', () => {
  expect(renewals([], 'dev')[0]).toContain('Tollgate-dev-Observability')
})

test('the command takes settings as the CDK does, and nothing else', () => {
  const given: (readonly string[])[] = []
  const parse = (...words: string[]) =>
    makeRenewCommand((context) => given.push(context))
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parse(words, { from: 'user' })
  parse('-c', 'stage=prod', '--context', 'logDays=365')
  expect(given).toEqual([['stage=prod', 'logDays=365']])
  expect(() => parse('--stage', 'prod')).toThrow('unknown option')
})
