import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DescribeTableCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountSortKey } from '../../lambdas/store/keys.ts'
import { describeDeployment } from '../end-to-end/suite.ts'
import { copyArchive } from './archive-copy.ts'
import type { Template } from './assembly.ts'
import { type Deployment, makeBundles, openDeployment, otherBundles } from './deployment.ts'
import { clientOptions, signedFor } from './emulator.ts'

const bundles = makeBundles()
const audit = fileURLToPath(new URL('../../audit/audit.ts', import.meta.url))
const ops = fileURLToPath(new URL('../../ops/ops.ts', import.meta.url))
/** As a stage for customers has them. */
const settings = { protect: 'true', encryption: 'customer-managed', mailFrom: 'billing@example.com' }
/** Two runs of a schedule, and as many again as a busy machine may take. */
const inTwoRuns = { timeout: 280_000, interval: 3_000 }
const purposes = ['flex', 'free', 'poor', 'late']

describeDeployment(
  'deployed to an AWS emulator',
  () => openDeployment({ bundles, settings }),
  (deployed) => {
    describe('another version deployed over it', () => {
      let before: Awaited<ReturnType<typeof seen>>
      let codeBefore: ReadonlyMap<string, string>
      let indexesBefore: readonly string[]

      async function seen() {
        const { target, story } = deployed()
        return {
          // But for the moment of asking, which each says.
          balances: await Promise.all(
            purposes.map(async (purpose) => ({ ...(await story.balance(purpose)), at: undefined })),
          ),
          statements: await Promise.all(purposes.map((purpose) => story.entries(purpose))),
          audit: await auditOf(target),
        }
      }

      beforeAll(async () => {
        const { target } = deployed()
        before = await seen()
        codeBefore = await codeOf(target)
        indexesBefore = await indexesOf(target)
        const changed = { maxReadUnits: '4000', maxWriteUnits: '2000', logDays: '30' }
        await target.update({
          settings: { ...settings, ...changed },
          bundles: otherBundles(bundles, 2),
          change: addIndex,
        })
      })

      it('finds every balance and statement as it was, and the audit clean', async () => {
        expect(before.statements.flat().length).toBeGreaterThan(15)
        expect(before.audit).toMatch(/^table \S+: 4 accounts, \d+ entries, 0 differences\n$/)
        expect(await seen()).toEqual(before)
      })

      it('has changed the table, and the code of every function', async () => {
        const { target } = deployed()
        expect(indexesBefore).not.toContain('later')
        expect(await indexesOf(target)).toEqual([...indexesBefore, 'later'].sort())
        // The new index also holds what was written before it.
        expect(await keysInIndex(target, 'later', accountSortKey)).toHaveLength(purposes.length)
        const code = await codeOf(target)
        expect([...code.keys()].sort()).toEqual([...codeBefore.keys()].sort())
        expect(code.size).toBeGreaterThan(15)
        for (const [name, hash] of code) expect(hash, name).not.toBe(codeBefore.get(name))
      })

      it('answers what was asked before in the same way, and goes on', async () => {
        const { target, story, startedAt } = deployed()
        const again = await story.authorize('a4', 'poor')
        expect(again).toMatchObject({ decision: 'allow', fundedBy: 'pay-as-you-go' })
        const body = ['e1', 'e9'].map((id) => story.event(id, 'free', startedAt))
        const { results } = await story.ok({ as: 'service', path: '/v1/usage', body })
        expect(results).toMatchObject([{ status: 'duplicate' }, { status: 'recorded' }])
        await expect
          .poll(() => story.usageRows('free', startedAt), { interval: 500 })
          .toMatchObject([{ quantity: 1_200 }])
        expect(await auditOf(target)).toContain(' 0 differences')
      })

      it('has archived by its schedule what was decided before, as it was decided', async () => {
        const verified = () => verifiedArchive(deployed().target)
        // All but what was decided since the last run, a minute ago at most.
        const early = before.statements.flat().length - 8
        await expect.poll(async () => (await verified()).entries, inTwoRuns).toBeGreaterThan(early)
        expect(await verified()).toMatchObject({ accounts: 4, differences: 0 })
      })

      it('sweeps to the end what is due', async () => {
        expect(await sweep(deployed().target)).toMatchObject({ isDone: true })
      })
    })

    describe('a deployment that fails on its way', () => {
      let codeBefore: ReadonlyMap<string, string>

      beforeAll(async () => {
        const { target } = deployed()
        codeBefore = await codeOf(target)
        const version = { settings, bundles: otherBundles(bundles, 3), change: breakApi }
        await expect(target.update(version)).rejects.toThrow('no-such-function')
      })

      it('leaves the code of the stack that failed as it was, and the stack ready for the next', async () => {
        const { target } = deployed()
        expect(await stackStatus(target, 'Api')).toBe('UPDATE_ROLLBACK_COMPLETE')
        const code = await codeOf(target)
        const ofApi = [...codeBefore.keys()].filter((name) => name.includes('-Api-'))
        expect(ofApi.length).toBeGreaterThan(3)
        for (const name of ofApi) expect(code.get(name), name).toBe(codeBefore.get(name))
      })

      it('leaves a working service, and the books as they were', async () => {
        const { target, story } = deployed()
        expect(await story.authorize('a5', 'poor')).toMatchObject({ decision: 'allow' })
        expect(await story.capture('a5', { used: 2, final: true })).toMatchObject({ status: 'closed' })
        expect(await auditOf(target)).toContain(' 0 differences')
      })

      it('is made good by the next deployment', async () => {
        const { target, story } = deployed()
        // Another version again: the CDK finds a template by the hash of what it was before it was broken.
        await target.update({ settings, bundles: otherBundles(bundles, 4), change: addIndex })
        expect(await stackStatus(target, 'Api')).toBe('UPDATE_COMPLETE')
        const code = await codeOf(target)
        for (const [name, hash] of code) expect(hash, name).not.toBe(codeBefore.get(name))
        expect(await story.authorize('a6', 'poor')).toMatchObject({ decision: 'allow' })
      })
    })

    describe('a protected stage', () => {
      it('refuses to be destroyed, and keeps working', async () => {
        const { target, story } = deployed()
        await expect(target.destroy()).rejects.toThrow(/protect/i)
        expect(await story.balance('flex')).toMatchObject({ plan: 'paid' })
      })
    })
  },
)

/** Runs `npm run audit` on the deployed table and returns its output. */
const auditOf = (target: Deployment): Promise<string> => run(target, [audit])

/** The counts of `npm run ops -- archive verify` on what is in the bucket, by their names. */
async function verifiedArchive(target: Deployment): Promise<Readonly<Record<string, number>>> {
  const folder = await copyArchive(target.emulator, target.archiveUrl)
  const said = await run(target, [ops, 'archive', 'verify', folder])
  return Object.fromEntries(
    [...said.matchAll(/^(\w+): (\d+)$/gm)].map(([, name, count]) => [name, Number(count)]),
  )
}

async function run({ emulator, tableName }: Deployment, words: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, TABLE_NAME: tableName, ...emulator.environment }
  const { stdout } = await promisify(execFile)(process.execPath, words, { env })
  return stdout
}

/** Calls the deployed sweep as its schedule does; what it answers. */
async function sweep(target: Deployment): Promise<unknown> {
  const name = [...(await codeOf(target)).keys()].find((candidate) => candidate.includes('-SweepFunction'))
  const address = `${target.emulator.url}/2015-03-31/functions/${name}/invocations`
  return (await fetch(address, { method: 'POST', body: '{}' })).json()
}

async function indexesOf({ emulator, tableName }: Deployment): Promise<readonly string[]> {
  const client = new DynamoDBClient(clientOptions(emulator))
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '' }) => IndexName).sort()
}

/** Partition keys of an index's rows under one key. */
async function keysInIndex({ emulator, tableName }: Deployment, IndexName: string, sk: string) {
  const client = new DynamoDBClient(clientOptions(emulator))
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName,
      KeyConditionExpression: 'sk = :sk',
      ExpressionAttributeValues: { ':sk': { S: sk } },
    }),
  )
  return Items.map(({ pk }) => pk?.S)
}

/** CloudFormation's word for how a stack's last deployment ended. */
async function stackStatus({ emulator, stage }: Deployment, stack: string): Promise<string | undefined> {
  const form = { Action: 'DescribeStacks', StackName: `Tollgate-${stage}-${stack}` }
  const answer = await fetch(emulator.url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: signedFor('cloudformation'),
  })
  return /<StackStatus>(\w+)</.exec(await answer.text())?.[1]
}

interface DeployedCode {
  readonly FunctionName: string
  readonly CodeSha256: string
  readonly Description?: string
}

/** Hash of the code of each of our functions, by the function's name. The functions of the CDK are left out. */
async function codeOf({ emulator }: Deployment): Promise<ReadonlyMap<string, string>> {
  const answer = await fetch(`${emulator.url}/2015-03-31/functions?MaxItems=100`)
  const { Functions } = (await answer.json()) as { Functions: readonly DeployedCode[] }
  const own = Functions.filter(({ Description = '' }) => Description.startsWith('Tollgate: '))
  return new Map(own.map(({ FunctionName, CodeSha256 }) => [FunctionName, CodeSha256]))
}

/** The API's template with a resource that cannot be made, after every function has its new code. */
function breakApi(stack: string, template: Template): void {
  addIndex(stack, template)
  if (!stack.endsWith('-Api')) return
  const { Resources } = template
  const functions = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
  Resources.Broken = {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: 'no-such-function', Qualifier: '$LATEST' },
    DependsOn: functions.map(([id]) => id),
  }
}

/** The table's template with one more index. */
function addIndex(stack: string, { Resources }: Template): void {
  if (!stack.endsWith('-Data')) return
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'AWS::DynamoDB::Table') continue
    const { GlobalSecondaryIndexes: indexes, OnDemandThroughput } = Properties
    const KeySchema = [{ AttributeName: 'sk', KeyType: 'HASH' }]
    const index = {
      IndexName: 'later',
      KeySchema,
      Projection: { ProjectionType: 'KEYS_ONLY' },
      OnDemandThroughput,
    }
    Properties.GlobalSecondaryIndexes = [...(indexes as object[]), index]
  }
}
