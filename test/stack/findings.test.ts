import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { App, Stack, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeBundles, makePage } from './synthesized.ts'

const app = fileURLToPath(new URL('../../bin/app.ts', import.meta.url))
const outdir = () => temporaryFolder()

test('the application synthesizes by itself, without a finding', () => {
  const CDK_CONTEXT_JSON = JSON.stringify({
    stage: 'prod',
    mailFrom: 'billing@example.com',
    bundles: makeBundles(),
    page: makePage(),
  })
  const env = { PATH: process.env.PATH, CDK_OUTDIR: outdir(), CDK_CONTEXT_JSON }
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  // Every rule is run on every resource of every stack.
}, 180_000)

test('a finding that nobody acknowledged fails the synth', () => {
  const planted = new App({ outdir: outdir() })
  Validations.of(planted).addPlugins(new AwsSolutionsChecks(planted))
  new Queue(new Stack(planted, 'Planted'), 'Queue')
  expect(() => planted.synth()).toThrow('AwsSolutions-SQS4')
})
