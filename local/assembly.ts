import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

const Manifest = v.object({
  artifacts: v.record(
    v.string(),
    v.object({
      type: v.string(),
      properties: v.optional(v.object({ templateFile: v.optional(v.string()) })),
    }),
  ),
})

const Template = v.object({
  Resources: v.optional(
    v.record(
      v.string(),
      v.object({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
    ),
    {},
  ),
  Outputs: v.optional(
    v.record(
      v.string(),
      v.object({ Value: v.unknown(), Export: v.optional(v.object({ Name: v.string() })) }),
    ),
    {},
  ),
})

export interface Resource {
  /** Logical id; unique across all stacks. */
  readonly id: string
  readonly type: string
  /** Properties with every intrinsic function replaced by its local value. */
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * Reads all stacks that `cdk synth` wrote to `folder` and resolves their references. Skips the stacks that do
 * not run here. Throws an error that names the resource when two stacks use the same logical id or an
 * intrinsic function is unknown.
 */
export function readAssembly(folder: string): Resource[] {
  const templates = templateFiles(folder).map((file) => v.parse(Template, readFile(join(folder, file))))
  const exports = new Map<string, unknown>()
  for (const { Outputs } of templates)
    for (const output of Object.values(Outputs))
      if (output.Export) exports.set(output.Export.Name, output.Value)
  const resources = new Map<string, Resource>()
  for (const { Resources } of templates)
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      if (isDeployersOwn(id, Type)) continue
      if (resources.has(id)) throw new Error(`Two stacks have a resource ${id}`)
      const resolved = isWiring(Type) ? resolve(Properties, { id, exports }) : {}
      resources.set(id, { id, type: Type, properties: v.parse(v.record(v.string(), v.unknown()), resolved) })
    }
  return [...resources.values()]
}

/** The local ARN of a resource. */
export function arnOf(id: string): string {
  return `arn:aws:local:us-east-1:000000000000:${id}`
}

/** Placeholder for a table's stream ARN; the engine has a different ARN. */
export function streamArnOf(id: string): string {
  return `${arnOf(id)}/stream`
}

// These are not enforced here, and they do not affect how requests and records flow.
const unenforced = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::Logs::LogGroup',
  'AWS::Lambda::Permission',
  'AWS::SQS::QueuePolicy',
  'AWS::CDK::Metadata',
  // Bucket objects are files in the data folder; Athena does not query them.
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::Logs::LogStream',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::Athena::WorkGroup',
  'AWS::Athena::NamedQuery',
])

/**
 * Resources that empty a bucket before its stack is deleted. Nothing is deployed here, so they are not
 * needed.
 */
function isDeployersOwn(id: string, type: string): boolean {
  return type === 'Custom::S3AutoDeleteObjects' || /^CustomS3AutoDeleteObjects.*Handler/.test(id)
}

/** True if the runtime must understand a resource of this type to serve requests as AWS does. */
export function isWiring(type: string): boolean {
  return !unenforced.has(type)
}

/** Stacks that do not run on one machine, by the end of their names, with the reason. */
const notRunHere: Readonly<Record<string, string>> = {
  Observability: 'CloudWatch watches the deployment on AWS; here functions print to functions.log',
  Operations: 'it gives operators access on AWS; here anybody with the data folder can read it',
}

const endOf = (name: string) => (ending: string) => name.endsWith(`-${ending}`)

function templateFiles(folder: string): string[] {
  const { artifacts } = v.parse(Manifest, readFile(join(folder, 'manifest.json')))
  const stacks = Object.entries(artifacts).filter(
    ([name, { type }]) => type === 'aws:cloudformation:stack' && !Object.keys(notRunHere).some(endOf(name)),
  )
  return stacks.flatMap(([, { properties }]) => properties?.templateFile ?? [])
}

function readFile(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

interface Scope {
  readonly id: string
  readonly exports: ReadonlyMap<string, unknown>
}

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only !== undefined && /^(Ref|Fn::.+)$/.test(only[0]))
    return call(only[0], only[1], scope)
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, scope)]))
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  if (name === 'Ref') return reference(String(argument))
  if (name === 'Fn::GetAtt') return attribute(v.parse(v.tuple([v.string(), v.string()]), argument), scope)
  if (name === 'Fn::ImportValue') return imported(String(resolve(argument, scope)), scope)
  if (name === 'Fn::Sub' && typeof argument === 'string')
    return argument.replace(/\$\{([^}]+)\}/g, (_, variable: string) => reference(variable))
  if (name === 'Fn::Join') {
    const [separator, parts] = v.parse(v.tuple([v.string(), v.array(v.unknown())]), argument)
    return parts.map((part) => String(resolve(part, scope))).join(separator)
  }
  throw new Error(`${scope.id} uses ${name}, which the local runtime does not know`)
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
}

// The physical name is the logical id: it is unique here, and it reads well in a message.
function reference(name: string): string {
  return pseudoParameters[name] ?? name
}

function attribute([id, name]: readonly [string, string], scope: Scope): string {
  if (name === 'Arn') return arnOf(id)
  if (name === 'StreamArn') return streamArnOf(id)
  throw new Error(`${scope.id} asks for ${id}.${name}, which the local runtime does not know`)
}

function imported(name: string, scope: Scope): unknown {
  const value = scope.exports.get(name)
  if (value === undefined) throw new Error(`${scope.id} imports ${name}, which no stack exports`)
  return resolve(value, scope)
}
