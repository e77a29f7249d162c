import { assert } from '../../core/assert.ts'
import { decideMeterCommand } from '../../core/decide-meter-command.ts'
import type { CommandRules, LoadersOn } from './command-rules.ts'
import { meterLoaders } from './meter-loaders.ts'
import type { MeterStores } from './meter-stores.ts'

/** The rules of the commands of services, on the stores that they read. They throw for any other command. */
export function meterRulesOn(stores: MeterStores): CommandRules {
  return {
    decide: decideMeterCommand,
    load: async (command, loading) => {
      const loaders: Partial<LoadersOn<MeterStores>> = meterLoaders
      const load = loaders[command.kind]
      assert(load !== undefined, `${command.kind} is a command of services`)
      return load(command, loading, stores)
    },
    furtherWrites: () => [],
  }
}
