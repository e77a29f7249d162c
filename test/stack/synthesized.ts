import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { ApiStack } from '../../lib/api-stack.ts'
import { readConfig } from '../../lib/config.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { functions } from '../../lib/functions.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export const context = {
  stage: 'test',
  issuer: 'https://idp.example.com',
  audience: 'tollgate',
  payments: 'sandbox',
}

/** Issuer and audience of the tokens that the API of the context accepts. */
export const authority = { issuer: context.issuer, audience: [context.audience] }

/** A folder with a small bundle for every function: what a template says does not depend on their contents. */
export function makeBundles(source = 'export const handler = async () => ({ statusCode: 200 })'): string {
  const folder = temporaryFolder()
  for (const name of Object.keys(functions)) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'index.mjs'), `// ${name}\n${source}\n`)
  }
  return folder
}

/** A folder like that of the built page. */
export function makePage(): string {
  const folder = temporaryFolder()
  for (const name of ['assets', '.vite']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script src="/assets/a-1.js"></script>')
  writeFileSync(join(folder, 'assets', 'a-1.js'), '')
  writeFileSync(join(folder, '.vite', 'manifest.json'), '{}')
  return folder
}

/** Both stacks as templates, without validation and without bundling. */
export function synthesizeStacks(settings: Readonly<Record<string, unknown>> = {}): {
  data: Template
  api: Template
} {
  const app = new App({ context: { ...context, ...settings }, outdir: temporaryFolder() })
  const config = readConfig(app.node)
  const dataStack = new DataStack(app, 'Data', { config })
  const { table, signingKeys } = dataStack
  const props = { config, authority, bundles: makeBundles(), table, signingKeys }
  const apiStack = new ApiStack(app, 'Api', props)
  return { data: Template.fromStack(dataStack), api: Template.fromStack(apiStack) }
}

export interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: unknown
}

/** The statements of all policies of one function's role, by the start of the role's logical id. */
export function statementsOf(template: Template, roleIdStart: string): readonly Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'))
  const own = policies.filter((policy) => String(policy.Properties.Roles[0].Ref).startsWith(roleIdStart))
  return own.flatMap((policy) => policy.Properties.PolicyDocument.Statement as Statement[])
}
