import type { Node } from 'constructs'
import * as v from 'valibot'
import { localStage } from '../lambdas/runtime/env.ts'
import { type Setting, type SettingValues, settings } from './settings.ts'

/** The differences between two deployments. They come only from the CDK's context. */
export interface Config extends SettingValues {
  /**
   * True: data outlives its stack, and stacks and table refuse to be deleted. False: everything is deleted with its
   * stack.
   */
  readonly isProtected: boolean
  /** True: a key of the customer encrypts stored data. False: keys of AWS do. */
  readonly hasCustomerKey: boolean
}

const known: readonly (readonly [string, Setting])[] = Object.entries(settings)

/** Reads and checks the context. Throws one `WrongContext` that names every wrong key, its rule and its value. */
export function readConfig(node: Node): Config {
  const faults = nearMisses(Object.keys(node.getAllContext()))
  const read = known.map(([key, setting]) => {
    const given: unknown = node.tryGetContext(key)
    const { success, output } = v.safeParse(setting.schema, given ?? setting.default)
    if (!success) faults.push(faultOf(key, setting, given))
    return [key, output] as const
  })
  refuse(faults)
  const values = Object.fromEntries(read) as unknown as SettingValues
  refuse([...faultsBetween(values), ...stageFaults(values, node.tryGetContext(localRuntimeKey))])
  return { ...values, isProtected: isProtected(values), hasCustomerKey: hasCustomerKey(values) }
}

/** The context key that only the runtime on one machine sets. */
export const localRuntimeKey = 'localRuntime'

/** In the local stage, webhooks may call the machine itself. */
function stageFaults({ stage }: SettingValues, isLocalRuntime: unknown): string[] {
  return stage === localStage && isLocalRuntime !== true
    ? [`Context "stage" must not be ${localStage}: that stage is for npm start, on one machine.`]
    : []
}

const hasCustomerKey = ({ encryption, stage }: SettingValues): boolean =>
  encryption === undefined ? stage === 'prod' : encryption === 'customer-managed'

const isProtected = ({ protect, stage }: SettingValues): boolean => protect ?? stage === 'prod'

function faultOf(key: string, { must }: Setting, given: unknown): string {
  const is = given === undefined ? 'is not given' : `is ${JSON.stringify(given)}`
  return `Context "${key}" must be ${must}, but ${is}. Pass it with -c ${key}=…`
}

/** Finds settings that are valid alone but not together. */
function faultsBetween(values: SettingValues): string[] {
  const faults: string[] = []
  const { domain, certificateArn } = values
  if ((domain === undefined) !== (certificateArn === undefined))
    faults.push('Context "domain" and "certificateArn" must be given together: one is missing.')
  faults.push(...mailFaults(values))
  const { issuer, signInPrefix, stage } = values
  if (issuer === undefined && signInPrefix === undefined && /aws|amazon|cognito/.test(stage))
    faults.push(
      `Context "signInPrefix" must be given: Cognito takes no host name with aws, amazon or cognito, and the stage is "${stage}".`,
    )
  if (values.payments === 'sandbox' && isProtected(values))
    faults.push('Context "payments" must be bus in a protected stage: in a sandbox all tokens are free.')
  return faults
}

/** SES sends for an address if its identity is that address, its domain or a parent domain. */
function mailFaults({ mailFrom, mailIdentity }: SettingValues): string[] {
  if (mailIdentity === undefined) return []
  if (mailFrom === undefined)
    return ['Context "mailFrom" must be given where "mailIdentity" is: without it no mail is sent.']
  const [, domain = ''] = mailFrom.split('@')
  const isIdentity = [mailFrom, domain].includes(mailIdentity) || domain.endsWith(`.${mailIdentity}`)
  return isIdentity
    ? []
    : [
        `Context "mailIdentity" must be the domain of "${mailFrom}", or a domain above it, but is "${mailIdentity}".`,
      ]
}

/** The context is wrong. The message has a line for each fault, for the person who deploys. */
export class WrongContext extends Error {
  override readonly name = 'WrongContext'
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new WrongContext(faults.join('\n'))
}

/** Finds context keys that are probably misspelled settings. Other keys belong to the CDK and are ignored. */
function nearMisses(keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    if (key in settings) return []
    const meant = known.map(([name]) => name).find((name) => isNear(letters(key), letters(name)))
    return meant === undefined ? [] : [`Context "${key}" is not a setting. Did you mean "${meant}"?`]
  })
}

const letters = (key: string): string => key.toLowerCase().replace(/[-_.]/g, '')

/** Returns true if at most two letters after the first differ, are missing or are added. */
function isNear(a: string, b: string): boolean {
  if (a.charAt(0) !== b.charAt(0) || Math.abs(a.length - b.length) > 2) return false
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...b].entries())
      next.push(
        Math.min(
          (row[column] ?? 0) + (letter === other ? 0 : 1),
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
        ),
      )
    row = next
  }
  return (row.at(-1) ?? 0) <= 2
}
