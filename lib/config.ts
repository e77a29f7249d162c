import type { Node } from 'constructs'

/** What differs between two deployments. It comes from the CDK's context and from nowhere else. */
export interface Config {
  readonly stage: string
  /** Issuer of the tokens, an `http(s)` URL without a trailing slash. */
  readonly issuer: string
  readonly audience: string
  /** Where payments are asked for. Default: `bus`. */
  readonly payments: 'sandbox' | 'bus'
  /** The address that mail to teams is sent from, verified in SES; absent: none is sent. */
  readonly mailFrom?: string
  /** Folder with a bundle per function; absent: they are built from the sources. */
  readonly bundles?: string
}

/** Reads and checks the context. Throws one message that names the key and what it must be. */
export function readConfig(node: Node): Config {
  return {
    stage: read(node, 'stage', /^[a-z][a-z0-9-]{0,19}$/, 'lower-case letters, digits and hyphens, up to 20'),
    issuer: read(
      node,
      'issuer',
      /^https?:\/\/[^\s/]+(\/[^\s/]+)*$/,
      'an http(s) URL without a trailing slash',
    ),
    audience: read(node, 'audience', /^\S{1,200}$/, '1 to 200 characters without spaces'),
    payments: readPayments(node),
    mailFrom: readMailFrom(node),
    bundles: readOptional(node, 'bundles'),
  }
}

function read(node: Node, key: string, pattern: RegExp, rule: string): string {
  const value: unknown = node.tryGetContext(key)
  if (typeof value === 'string' && pattern.test(value)) return value
  throw new Error(
    `Context "${key}" must be ${rule}, but is ${JSON.stringify(value)}. Pass it with -c ${key}=…`,
  )
}

function readPayments(node: Node): Config['payments'] {
  const value: unknown = node.tryGetContext('payments') ?? 'bus'
  if (value === 'sandbox' || value === 'bus') return value
  throw new Error(`Context "payments" must be sandbox or bus, but is ${JSON.stringify(value)}.`)
}

function readMailFrom(node: Node): string | undefined {
  if (readOptional(node, 'mailFrom') === undefined) return undefined
  return read(node, 'mailFrom', /^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$/, 'an e-mail address')
}

function readOptional(node: Node, key: string): string | undefined {
  const value: unknown = node.tryGetContext(key)
  if (value === undefined || typeof value === 'string') return value
  throw new Error(`Context "${key}" must be a string, but is ${JSON.stringify(value)}.`)
}
