import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Metafile } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A package in the lock file. */
export interface LockedPackage {
  /** Folder from the project's root: `node_modules/valibot`. */
  readonly path: string
  readonly name: string
  readonly version: string
  /** The package's licence as an SPDX expression; absent when the package states none. */
  readonly license?: string
  /** The lock file's own field: the package is only for development. */
  readonly isDev: boolean
  readonly dependencies: readonly string[]
}

interface LockEntry {
  readonly version: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  /** A link to a folder of the workspace, whose package has a separate entry. */
  readonly link?: boolean
}

/** Every package that the lock file names, by its folder. */
export function lockedPackages(): ReadonlyMap<string, LockedPackage> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const all = Object.entries(lock.packages as Record<string, LockEntry>)
  const entries = all.filter(([path, { link }]) => path !== '' && !link)
  return new Map(
    entries.map(([path, { version, license, dev, devOptional, dependencies = {} }]) => {
      const name = path.split('node_modules/').at(-1) ?? ''
      const isDev = dev === true || devOptional === true
      return [path, { path, name, version, license, isDev, dependencies: Object.keys(dependencies) }]
    }),
  )
}

/** The packages in the functions' bundles. Throws for a package that is not in the lock file. */
export function bundledPackages({ outputs }: Metafile): readonly LockedPackage[] {
  const locked = lockedPackages()
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs))
  const paths = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  )
  return [...paths].map((path) => {
    const found = locked.get(path)
    if (found === undefined) throw new Error(`${path} is bundled and not locked`)
    return found
  })
}

/**
 * The packages that the page's sources import, and their dependencies. This includes every package in the
 * page.
 */
export function pagePackages(): readonly LockedPackage[] {
  const locked = lockedPackages()
  const found = new Map<string, LockedPackage>()
  const add = (name: string, from: string): void => {
    const path = [`${from}/node_modules/${name}`, `node_modules/${name}`].find((folder) => locked.has(folder))
    const required = locked.get(path ?? '')
    if (required === undefined || found.has(required.path)) return
    found.set(required.path, required)
    for (const dependency of required.dependencies) add(dependency, required.path)
  }
  for (const name of namedByPage()) add(name, '.')
  return [...found.values()]
}

/** Names of the packages that the page imports in TypeScript and in CSS, without the settings of its build. */
function namedByPage(): ReadonlySet<string> {
  const folder = join(root, 'hub')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|css)$/.test(file) && !/^(vite\.config\.ts$|build\b)/.test(file),
  )
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'))
  const named = texts.flatMap((text) => [
    ...text.matchAll(/(?:from|import|url\()\s*['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)/g),
  ])
  return new Set(named.map(([, name]) => String(name)).filter((name) => !name.startsWith('node:')))
}

/** Path of a package's licence text; undefined when it has none. */
export function licenceText({ path }: LockedPackage): string | undefined {
  const file = readdirSync(join(root, path)).find((name) => /^licen[cs]e/i.test(name))
  return file === undefined ? undefined : readFileSync(join(root, path, file), 'utf8').trim()
}
