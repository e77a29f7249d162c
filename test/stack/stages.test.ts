import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeBundles, makePage } from './synthesized.ts'

const app = fileURLToPath(new URL('../../bin/app.ts', import.meta.url))

interface Resource {
  readonly Type: string
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly Properties?: Record<string, unknown>
}

/** Resources that a deployment with only these settings makes, by stack and logical id. */
function deployed(context: Record<string, string>) {
  const CDK_OUTDIR = temporaryFolder()
  const CDK_CONTEXT_JSON = JSON.stringify({ bundles: makeBundles(), page: makePage(), ...context })
  // Findings are looked for elsewhere; here that would take most of the time.
  const env = { PATH: process.env.PATH, CDK_OUTDIR, CDK_CONTEXT_JSON, CDK_VALIDATION: 'false' }
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const read = (file: string) => JSON.parse(readFileSync(join(CDK_OUTDIR, file), 'utf8'))
  const files = readdirSync(CDK_OUTDIR).filter((file) => file.endsWith('.template.json'))
  const resources: [string, Resource][] = files.flatMap((file) => Object.entries(read(file).Resources ?? {}))
  const artifacts: { type: string; properties?: Record<string, unknown> }[] = Object.values(
    read('manifest.json').artifacts,
  )
  return { resources, stacks: artifacts.filter(({ type }) => type === 'aws:cloudformation:stack') }
}

// Resources that CloudFormation keeps, or can keep, when a stack is deleted.
const keepers =
  /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|Events::Archive|Cognito::UserPool|SecretsManager::Secret|Logs::LogGroup|SQS::Queue)$/
const data =
  /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|Events::Archive|Cognito::UserPool|SecretsManager::Secret)$/

describe('a stage that is not protected', () => {
  const { resources, stacks } = deployed({})

  it('leaves nothing behind when its stacks are deleted', () => {
    const kept = resources.filter(([, { DeletionPolicy, UpdateReplacePolicy }]) =>
      [DeletionPolicy, UpdateReplacePolicy].some((policy) => policy !== undefined && policy !== 'Delete'),
    )
    expect(kept.map(([id]) => id)).toEqual([])
    const able = resources.filter(([, { Type }]) => keepers.test(Type))
    expect(able.length).toBeGreaterThan(20)
    for (const [id, { DeletionPolicy }] of able) expect(DeletionPolicy, id).toBe('Delete')
  })

  it('leaves no log behind: every function writes to a group of its stack, and not to one that Lambda makes', () => {
    const groups = resources.filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup').map(([id]) => id)
    const functions = resources.filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    expect(functions.length).toBeGreaterThan(20)
    for (const [id, { Properties }] of functions) {
      const { LogGroup } = (Properties?.LoggingConfig ?? {}) as { LogGroup?: { Ref: string } }
      expect(groups, id).toContain(LogGroup?.Ref)
    }
  })

  it('empties its buckets before they go', () => {
    const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type)
    const emptied = ofType('Custom::S3AutoDeleteObjects').map(([, { Properties }]) => Properties?.BucketName)
    expect(emptied).toEqual(ofType('AWS::S3::Bucket').map(([id]) => ({ Ref: id })))
    expect(emptied.length).toBeGreaterThanOrEqual(4)
  })

  it('may be deleted', () => {
    expect(stacks.length).toBeGreaterThanOrEqual(5)
    for (const { properties } of stacks) expect(properties?.terminationProtection ?? false).toBe(false)
    expect(JSON.stringify(resources)).not.toMatch(/"DeletionProtection(Enabled)?":(true|"ACTIVE")/)
  })

  it('may use as much of its table as the account may', () => {
    expect(JSON.stringify(resources)).not.toContain('OnDemandThroughput')
  })
})

describe('the stage prod', () => {
  const { resources, stacks } = deployed({
    stage: 'prod',
    maxReadUnits: '4000',
    maxWriteUnits: '1000',
    logDays: '365',
  })
  const ofType = (type: string) =>
    resources.filter(([, { Type }]) => Type === type).map(([, { Properties }]) => Properties)

  it('keeps its data, whatever is deleted', () => {
    // A topic passes messages on and keeps nothing, so its key may be deleted.
    const kept = resources.filter(([id, { Type }]) => data.test(Type) && !id.startsWith('ToldKey'))
    expect(kept.length).toBeGreaterThanOrEqual(3)
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of kept)
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain'])
  })

  it('refuses to be deleted: every stack, the table and the user pool', () => {
    for (const { properties } of stacks) expect(properties?.terminationProtection).toBe(true)
    expect(ofType('AWS::DynamoDB::Table')).toMatchObject([
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ])
    expect(ofType('AWS::Cognito::UserPool')).toMatchObject([{ DeletionProtection: 'ACTIVE' }])
  })

  it('limits table and indexes alike: a slower index would stop the table', () => {
    const OnDemandThroughput = { MaxReadRequestUnits: 4_000, MaxWriteRequestUnits: 1_000 }
    const [table] = ofType('AWS::DynamoDB::Table')
    expect(table).toMatchObject({ OnDemandThroughput })
    const indexes = table?.GlobalSecondaryIndexes as readonly unknown[]
    expect(indexes.length).toBeGreaterThanOrEqual(3)
    for (const index of indexes) expect(index).toMatchObject({ OnDemandThroughput })
  })

  it('keeps logs as long as the setting says', () => {
    for (const group of ofType('AWS::Logs::LogGroup')) expect(group?.RetentionInDays).toBe(365)
  })
})
