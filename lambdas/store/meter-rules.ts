import { assert } from '../../core/assert.ts'
import type { RulesByKind } from '../../core/decide.ts'
import { decideBy } from '../../core/decide-by.ts'
import type { CommandRules, LoadersOn } from './command-rules.ts'
import type { MeterStores } from './meter-stores.ts'

/** The commands that a function of services gives: the rule and the loader of each. */
export interface MeterCommands {
  readonly rules: Partial<RulesByKind>
  readonly loaders: Partial<LoadersOn<MeterStores>>
}

/** The rules of a function's commands, on the stores that they read. They throw for any other command. */
export function meterRulesOn(stores: MeterStores, { rules, loaders }: MeterCommands): CommandRules {
  return {
    decide: decideBy(rules),
    load: async (command, loading) => {
      const load = loaders[command.kind]
      assert(load !== undefined, `${command.kind} is a command of this function`)
      return load(command, loading, stores)
    },
    // Work of services and of time leaves no copies: these show what people ask for, and payments.
    copiesOf: () => [],
    furtherWrites: () => [],
  }
}
