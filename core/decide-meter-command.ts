import { assert } from './assert.ts'
import { meterRules } from './commands/meter-rules.ts'
import type { Decide, RulesByKind } from './decide.ts'

export type MeterKind = keyof typeof meterRules

/**
 * Decides a command of a service, as `decide` does. It links no other rule, so the functions that services call stay small.
 * Throws for any other command.
 */
export const decideMeterCommand: Decide = (account, command, context) => {
  const rules: Partial<RulesByKind> = meterRules
  const rule = rules[command.kind]
  assert(rule !== undefined, `${command.kind} is a command of services`)
  return rule(account, command, context)
}
