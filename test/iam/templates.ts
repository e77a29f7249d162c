import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One resource of any stack, every reference in it replaced by what it would be on AWS. */
export interface Resource {
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

export const account = '000000000000'
const region = 'us-east-1'

interface Raw {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}
interface Template {
  readonly Resources?: Readonly<Record<string, Raw>>
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: { Name: string } }>>
}

/** ARN of each type of resource that a policy may name, by its logical id. */
const arnForms: Readonly<Record<string, (id: string) => string>> = {
  'AWS::DynamoDB::Table': (id) => arn('dynamodb', `table/${id}`),
  'AWS::Lambda::Function': (id) => arn('lambda', `function:${id}`),
  'AWS::SQS::Queue': (id) => arn('sqs', id),
  'AWS::SNS::Topic': (id) => arn('sns', id),
  'AWS::Events::EventBus': (id) => arn('events', `event-bus/${id}`),
  'AWS::Events::Rule': (id) => arn('events', `rule/${id}`),
  'AWS::StepFunctions::StateMachine': (id) => arn('states', `stateMachine:${id}`),
  'AWS::SecretsManager::Secret': (id) => arn('secretsmanager', `secret:${id}-AbCdEf`),
  // GetAtt of a log group's ARN ends so; CloudWatch Logs forces it.
  'AWS::Logs::LogGroup': (id) => `${arn('logs', `log-group:${id}`)}:*`,
  'AWS::KMS::Key': (id) => arn('kms', `key/${id}`),
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::KinesisFirehose::DeliveryStream': (id) => arn('firehose', `deliverystream/${id}`),
  'AWS::IAM::Role': (id) => `arn:aws:iam::${account}:role/${id}`,
  'AWS::Cognito::UserPool': (id) => arn('cognito-idp', `userpool/${region}_${id}`),
}
const referredByArn = new Set([
  'AWS::StepFunctions::StateMachine',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
])

function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${account}:${rest}`
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Stack',
  'AWS::StackId': arn('cloudformation', 'stack/Stack/1'),
}

/** All templates that `cdk synth` left in a folder, as one set of resources. */
export class Templates {
  readonly resources: readonly Resource[]
  private readonly raw = new Map<string, Raw>()
  private readonly exported = new Map<string, unknown>()

  constructor(folder: string) {
    for (const { Resources = {}, Outputs = {} } of templatesOf(folder)) {
      for (const [id, resource] of Object.entries(Resources)) this.raw.set(id, resource)
      for (const { Value, Export } of Object.values(Outputs))
        if (Export !== undefined) this.exported.set(Export.Name, Value)
    }
    this.resources = [...this.raw].map(([id, { Type, Properties = {} }]) => {
      return { id, type: Type, properties: this.resolve(Properties) as Resource['properties'] }
    })
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type)
  }

  /** The ARN of a resource by its logical id. Throws for a type that has none here: teach it above. */
  arnOf(id: string): string {
    const type = this.raw.get(id)?.Type
    const form = arnForms[type ?? '']
    if (form === undefined) throw new Error(`what is the ARN of ${id} (${type})?`)
    return form(id)
  }

  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const [only] = entries
    if (entries.length === 1 && only !== undefined && /^(Ref|Fn::.+)$/.test(only[0]))
      return this.call(only[0], only[1])
    return Object.fromEntries(entries.map(([key, item]) => [key, this.resolve(item)]))
  }

  private call(name: string, argument: unknown): unknown {
    if (name === 'Ref') return this.reference(String(argument))
    if (name === 'Fn::GetAtt') return this.attribute(argument as readonly [string, string])
    if (name === 'Fn::ImportValue') return this.resolve(this.exported.get(String(argument)))
    const given = this.resolve(argument)
    if (name === 'Fn::Join') {
      const [separator, parts] = given as [string, unknown[]]
      return parts.map(String).join(separator)
    }
    if (name === 'Fn::Sub') return this.substitute(given)
    if (name === 'Fn::Split') {
      const [separator, text] = given as [string, string]
      return text.split(separator)
    }
    if (name === 'Fn::Select') {
      const [index, list] = given as [number | string, readonly unknown[]]
      return list[Number(index)]
    }
    return `${name} ${JSON.stringify(given)}`
  }

  private substitute(given: unknown): string {
    const [text, more] = Array.isArray(given) ? [String(given[0]), given[1]] : [String(given), {}]
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name in more) return String(more[name])
      const [id = '', attribute] = name.split('.')
      return attribute === undefined ? this.reference(id) : this.attribute([id, attribute])
    })
  }

  private reference(name: string): string {
    if (name in pseudo) return String(pseudo[name])
    return referredByArn.has(this.raw.get(name)?.Type ?? '') ? this.arnOf(name) : name
  }

  private attribute([id, name]: readonly [string, string]): string {
    if (name === 'Arn') return this.isKnown(id) ? this.arnOf(id) : `${id}.Arn`
    if (name === 'StreamArn') return `${this.arnOf(id)}/stream/2026-01-01T00:00:00.000`
    return `${id}.${name}`
  }

  private isKnown(id: string): boolean {
    return (this.raw.get(id)?.Type ?? '') in arnForms
  }
}

function templatesOf(folder: string): Template[] {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const artifacts: { type: string; properties?: { templateFile?: string } }[] = Object.values(
    read('manifest.json').artifacts,
  )
  const files = artifacts
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ properties }) => properties?.templateFile)
  return files.filter((file) => file !== undefined).map(read)
}
