import { assert } from './assert.ts'
import type { Decide, RulesByKind } from './decide.ts'

/**
 * Makes a `decide` of some commands from their rules, for a function that links no others and so stays small. It throws for any
 * other command.
 */
export function decideBy(rules: Partial<RulesByKind>): Decide {
  return (account, command, context) => {
    const rule = rules[command.kind]
    assert(rule !== undefined, `${command.kind} is a command of this function`)
    return rule(account, command, context)
  }
}
