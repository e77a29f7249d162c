import { fileURLToPath } from 'node:url'
import { App } from 'aws-cdk-lib'
import { describe, expect, it } from 'vitest'
import { readEnv } from '../../lambdas/runtime/env.ts'
import { readConfig } from '../../lib/config.ts'
import { runProgram } from '../support/run-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const issuer = 'https://idp.example.com'
const configOf = (context: Record<string, unknown>) =>
  readConfig(new App({ context: { issuer, ...context } }).node)

function wordsOf(context: Record<string, unknown>): readonly string[] {
  try {
    configOf(context)
  } catch (error) {
    return (error as Error).message.split('\n')
  }
  return []
}

describe('without any setting', () => {
  it('there is a stage that can be thrown away, with payments on the bus and no mail', () => {
    const config = configOf({ issuer: undefined })
    expect(config).toMatchObject({ stage: 'dev', isProtected: false, payments: 'bus', audience: 'tollgate' })
    expect(config.logDays).toBe(90)
    for (const key of ['issuer', 'mailFrom', 'domain', 'alarmEmail', 'maxReadUnits'] as const)
      expect(config[key]).toBeUndefined()
  })
})

describe('a stage is protected', () => {
  it.each([
    [{ stage: 'prod' }, true],
    [{ stage: 'staging' }, false],
    [{ stage: 'staging', protect: 'true' }, true],
    [{ stage: 'staging', protect: true }, true],
    [{ stage: 'prod', protect: 'false' }, false],
  ])('%j: %j', (context, expected) => expect(configOf(context).isProtected).toBe(expected))
})

describe('the stage local', () => {
  it('is for the runtime on one machine only', () =>
    expect(configOf({ stage: 'local', localRuntime: true }).stage).toBe('local'))

  it.each(['-c stage=local', '-c stage=local -c localRuntime=true'])(
    'is refused with one clear line by cdk deploy %s',
    async (context) => {
      const cdk = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url))
      const options = ['--all', '--no-notices', '--output', temporaryFolder(), ...context.split(' ')]
      const { code, stderr } = await runProgram([process.execPath, cdk, 'deploy', ...options], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        environment: { CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_OPTIONS: '' },
      })
      expect(code).not.toBe(0)
      const [line, ...rest] = stderr.split('\n').filter((text) => text.trim() !== '')
      expect(line).toBe('Context "stage" must not be local: that stage is for npm start, on one machine.')
      expect(rest).toEqual([expect.stringContaining('exited with error 1')])
    },
    60_000,
  )

  it('is refused by a function on Lambda, however it was deployed', () => {
    const env = { TABLE_NAME: 'table', PAYMENTS: 'sandbox', STAGE: 'local' }
    expect(readEnv(env).stage).toBe('local')
    const onLambda = { ...env, AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' }
    expect(() => readEnv(onLambda)).toThrow('STAGE: local is for npm start')
    expect(readEnv({ ...onLambda, STAGE: 'staging' }).stage).toBe('staging')
  })
})

describe('a number', () => {
  it('comes as a text from the command line, and as a number from a file', () => {
    expect(configOf({ maxReadUnits: '4000' }).maxReadUnits).toBe(4_000)
    expect(configOf({ maxReadUnits: 4_000 }).maxReadUnits).toBe(4_000)
  })
})

describe('an invalid setting', () => {
  it.each([
    [{ stage: 'Prod!' }, 'Context "stage" must be lower-case letters'],
    [{ stage: 'local' }, 'Context "stage" must not be local: that stage is for npm start'],
    [{ stage: 'local', localRuntime: 'true' }, 'Context "stage" must not be local'],
    [{ protect: 'yes' }, 'Context "protect" must be true or false, but is "yes"'],
    [{ issuer: 'idp.example.com' }, 'Context "issuer" must be an http(s) URL'],
    [{ issuer: 'https://idp.example.com/' }, 'without a trailing slash'],
    [{ pageClient: 'a b' }, 'Context "pageClient" must be 1 to 200 characters without spaces'],
    [{ signInPrefix: 'my-aws-hub' }, 'Context "signInPrefix" must be lower-case letters'],
    [{ signInPrefix: '-hub' }, 'Context "signInPrefix" must be lower-case letters'],
    [{ audience: '' }, 'Context "audience" must be 1 to 200 characters'],
    [{ payments: 'cash' }, 'Context "payments" must be sandbox or bus'],
    [{ payments: 'sandbox', stage: 'prod' }, 'Context "payments" must be bus in a protected stage'],
    [{ mailFrom: 'nobody' }, 'Context "mailFrom" must be an e-mail address'],
    [
      { mailFrom: 'a@example.com', mailIdentity: 'example' },
      'Context "mailIdentity" must be a domain or an e-mail',
    ],
    [{ mailIdentity: 'example.com' }, 'Context "mailFrom" must be given where "mailIdentity" is'],
    [
      { mailFrom: 'a@example.com', mailIdentity: 'b@example.com' },
      'Context "mailIdentity" must be the domain of "a@example.com"',
    ],
    [
      { mailFrom: 'a@notexample.com', mailIdentity: 'example.com' },
      'Context "mailIdentity" must be the domain of "a@notexample.com", or a domain above it',
    ],
    [{ watch: 'some' }, 'Context "watch" must be all or none, but is "some"'],
    [{ breakGlassPrincipals: 'on-call' }, 'Context "breakGlassPrincipals" must be ARNs of roles'],
    [
      { breakGlassPrincipals: 'arn:aws:iam::111122223333:role/*' },
      'Context "breakGlassPrincipals" must be ARNs of roles, separated by commas',
    ],
    [
      { breakGlassPrincipals: 'arn:aws:iam::*:role/on-call' },
      'Context "breakGlassPrincipals" must be ARNs of roles, separated by commas',
    ],
    [{ alarmEmail: 'on call@example.com' }, 'Context "alarmEmail" must be an e-mail address'],
    [{ domain: 'https://hub.example.com' }, 'Context "domain" must be a host name'],
    [{ domain: 'hub.example.com' }, '"domain" and "certificateArn" must be given together'],
    [
      { certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a1' },
      'Context "certificateArn" must be the ARN of a certificate of ACM in us-east-1',
    ],
    [{ maxReadUnits: '0' }, 'Context "maxReadUnits" must be a whole number from 1 to 1000000, but is "0"'],
    [{ maxWriteUnits: '2.5' }, 'Context "maxWriteUnits" must be a whole number'],
    [{ maxWriteUnits: -1 }, 'Context "maxWriteUnits" must be a whole number'],
    [{ logDays: '45' }, 'Context "logDays" must be one of 1, 3, 5, 7, 14, 30,'],
    [
      { issuer: undefined, stage: 'on-aws' },
      'Context "signInPrefix" must be given: Cognito takes no host name',
    ],
    [{ bundles: '' }, 'Context "bundles" must be the path of a folder'],
  ])('%j is refused: %s', (context, words) => {
    expect(wordsOf(context)).toHaveLength(1)
    expect(wordsOf(context)[0]).toContain(words)
  })

  it('is said of all keys at once', () => {
    const words = wordsOf({ stage: 'X', logDays: 'many', alarmMail: 'a@example.com' })
    expect(words).toHaveLength(3)
    expect(words.join()).toMatch(/"alarmMail" is not a setting.*"stage".*"logDays"/s)
  })

  it.each([
    ['Stage', 'stage'],
    ['mail-from', 'mailFrom'],
    ['isuer', 'issuer'],
    ['maxReadUnit', 'maxReadUnits'],
    ['logdays', 'logDays'],
  ])('a key %s was meant as %s', (key, meant) => {
    expect(wordsOf({ [key]: 'x' })).toEqual([`Context "${key}" is not a setting. Did you mean "${meant}"?`])
  })

  it('is not what belongs to somebody else', () => {
    const others = { '@aws-cdk/core:x': true, 'hosted-zone:account=1': {}, 'acknowledged-issue-numbers': [1] }
    expect(wordsOf(others)).toEqual([])
  })
})
