import { describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { wrongWay } from './support/import-rules.ts'
import { findCycle, importsOf, readSources, type Sources, sourceFolders } from './support/imports.ts'

const sources = readSources(sourceFolders)
const imports = importsOf(sources)

describe('imports', () => {
  it('are found in every folder', () => {
    const folders = new Set(imports.map(({ from }) => from.split('/')[0]))
    expect([...folders]).toEqual(expect.arrayContaining(['bin', 'core', 'lambdas', 'lib', 'local', 'test']))
    expect(imports.length).toBeGreaterThan(500)
  })

  it('point at files that exist', () => {
    const files = imports.map(({ to }) => to).filter((to) => /\.m?tsx?$/.test(to))
    expect(files.filter((file) => !sources.has(file))).toEqual([])
  })

  it('go the right way', () => expect(wrongWay(imports)).toEqual([]))

  it('make no cycle', () => expect(findCycle(imports)).toBeUndefined())

  it('name packages that are installed for the functions', () => {
    // `aws-lambda` is types only; the OpenAPI document is made by a tool.
    const others = ['npm:aws-lambda', 'npm:@valibot/to-json-schema']
    const known = [...Object.keys(manifest.dependencies).map((name) => `npm:${name}`), ...others]
    const used = imports.filter(({ from, to }) => from.startsWith('lambdas/') && to.startsWith('npm:'))
    expect(used.map(({ to }) => to).filter((to) => !known.includes(to))).toEqual([])
  })
})

describe('the rules say no', () => {
  it.each([
    ['core/time/time.ts', "import { readFileSync } from 'node:fs'"],
    ['core/time/time.ts', "import * as v from 'valibot'"],
    ['core/funding/lots.ts', "import type { Clock } from '../../lambdas/runtime/clock.ts'"],
    ['core/time/time.ts', "export { dueShards } from '../lambdas/store/keys.ts'"],
    ['core/time/time.ts', "const later = await import('node:fs')"],
    ['core/time/time.ts', "import 'node:fs'"],
    ['core/time/time.ts', "import {\n  type Stats,\n  readFileSync,\n} from 'node:fs'"],
    ['lambdas/api/get-balance.ts', "import { getUsage } from './get-usage.ts'"],
    ['lambdas/store/table.ts', "import { handler } from '../consumers/sweep.ts'"],
    ['lambdas/api/hub.ts', "import { handler } from '../consumers/sweep.ts'"],
    ['lambdas/api/ops.ts', "import { handler } from './hub.ts'"],
    ['lambdas/http/route.ts', "import { functions } from '../../lib/functions.ts'"],
    ['contract/routes.ts', "import type { Item } from '../lambdas/store/table.ts'"],
    ['contract/routes.ts', "import { readFileSync } from 'node:fs'"],
    ['audit/table.ts', "import { startRuntime } from '../local/runtime.ts'"],
    ['audit/table.ts', "import { logger } from '../lambdas/runtime/log.ts'"],
    ['lib/functions.ts', "import { Operations } from '../lambdas/store/operations.ts'"],
    ['local/runtime.ts', "import { handler } from '../lambdas/api/hub.ts'"],
    ['ops/status.ts', "import { handler } from '../lambdas/consumers/sweep.ts'"],
    ['local/runtime.ts', "import { dueLine } from '../ops/status.ts'"],
    ['local/runtime.ts', "import { readConfig } from '../lib/config.ts'"],
    ['local/runtime.ts', "import { openTable } from '../lambdas/store/table.ts'"],
    ['ops/status.ts', "import { openClock } from '../local/services/clock.ts'"],
    ['tools/season/run.ts', "import { startRuntime } from '../../local/runtime.ts'"],
    ['hub/app.tsx', "import { securityHeaders } from '../lib/security-headers.ts'"],
    ['hub/format.ts', "import { readFileSync } from 'node:fs'"],
    ['hub/format.ts', "import * as v from 'valibot'"],
    ['elsewhere/file.ts', "import { join } from 'node:path'"],
  ])('%s: %s', (file, text) => {
    expect(wrongWay(importsOf(new Map([[file, text]])))).toHaveLength(1)
  })

  it.each([
    ['core/time/time.ts', "import { rateAt } from '../catalog/catalog.ts'"],
    ['core/catalog/catalog.ts', "import type { Account } from '../account/account.ts'"],
    ['core/journal/entry.ts', "import { heldAt } from '../funding/backing.ts'"],
    ['core/funding/lots.ts', "import { advance } from '../advance.ts'"],
    ['core/commands/authorize.ts', "import { outlook } from '../preview/outlook.ts'"],
    ['core/unknown/file.ts', "import { assert } from '../assert.ts'"],
    ['lambdas/runtime/deps.ts', "import { route } from '../http/route.ts'"],
    ['lambdas/store/table.ts', "import { openEventBus } from '../bus/event-bus.ts'"],
  ])('%s must not reach up: %s', (file, text) => {
    expect(wrongWay(importsOf(new Map([[file, text]])))).toHaveLength(1)
  })

  it.each(['import', 'import type'])('to a cycle that `%s` closes', (word) => {
    const sources: Sources = new Map([
      ['core/a.ts', "import { b } from './b.ts'"],
      ['core/b.ts', `${word} { a } from './a.ts'`],
    ])
    expect(findCycle(importsOf(sources))).toEqual(['core/a.ts', 'core/b.ts', 'core/a.ts'])
  })
})

/** Access to time, chance and the environment, which only the runtime of functions, the local runtime and tools may use. */
const surroundings =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandomUUID\b|\bprocess\.env\b|\bconsole\./

describe('surroundings', () => {
  const pure = [...sources].filter(([file]) => /^(contract|core|lambdas|lib)\/(?!runtime\/)/.test(file))

  it('are asked for in few places', () => {
    const asking = pure.filter(([, text]) => surroundings.test(withoutComments(text)))
    expect(asking.map(([file]) => file)).toEqual([])
  })

  it('do not exist for core, not even a stopwatch', () => {
    const asking = /\b(?:performance|process|globalThis|fetch|setTimeout|setInterval|crypto)\b\s*[.(]/
    const files = pure.filter(
      ([file, text]) => file.startsWith('core/') && asking.test(withoutComments(text)),
    )
    expect(files.map(([file]) => file)).toEqual([])
  })

  it.each(['Date.now()', 'new Date()', 'Math.random()', 'randomUUID()', 'process.env.A', 'console.log(1)'])(
    '%s is noticed',
    (text) => expect(surroundings.test(withoutComments(`const x = ${text}`))).toBe(true),
  )

  it('are not asked for by a date of a given instant, or by a comment', () => {
    expect(surroundings.test(withoutComments('new Date(at) // unlike Date.now()'))).toBe(false)
  })
})

describe('files', () => {
  const names = [...sources.keys()]

  it('have no barrels and no drawers', () => {
    expect(names.filter((file) => /(^|\/)(index\.ts$|(utils|helpers|common|shared)\/)/.test(file))).toEqual(
      [],
    )
  })

  it('have no default export', () => {
    // A tool's own configuration must have one.
    const own = [...sources].filter(([file]) => !file.endsWith('.config.ts'))
    expect(own.filter(([, text]) => /^export default /m.test(text)).map(([file]) => file)).toEqual([])
  })

  it('leave nothing to do', () => {
    const marks = new RegExp(['TO', 'DO|FIX', 'ME'].join(''))
    expect([...sources].filter(([, text]) => marks.test(text)).map(([file]) => file)).toEqual([])
  })
})

/** Removes comments. A string that contains both `//` and a forbidden word would be misread; none does. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
