import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Source text by its path from the project's root. */
export type Sources = ReadonlyMap<string, string>

export interface Import {
  readonly from: string
  /** A path from the project's root, `node:…`, or `npm:` and a package's name. */
  readonly to: string
}

/** Every folder with sources of the project. */
export const sourceFolders = [
  'audit',
  'bench',
  'bin',
  'client',
  'contract',
  'core',
  'examples',
  'hub',
  'lambdas',
  'lib',
  'local',
  'ops',
  'test',
  'tools',
] as const

/** Every TypeScript file of the given folders. */
export function readSources(folders: readonly string[]): Sources {
  const files = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        posix.join(folder, file),
      ),
    )
  const scripts = files.filter((file) => /\.m?tsx?$/.test(file)).toSorted()
  return new Map(scripts.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}

// One formatter writes every file, so each import or re-export starts a line and has single quotes.
const statement = /^(?:import|export)\s+(?:type\s)?[^'"`;=]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm
const dynamic = /\b(?:import|require)\(\s*'([^']+)'/g

/** The imports of each file, including types. */
export function importsOf(sources: Sources): readonly Import[] {
  return [...sources].flatMap(([from, text]) => {
    const written = [...text.matchAll(statement)].map(([, named, bare]) => named ?? bare)
    const asked = [...text.matchAll(dynamic)].map(([, name]) => name)
    return [...written, ...asked].map((name): Import => ({ from, to: targetOf(from, name ?? '') }))
  })
}

function targetOf(from: string, name: string): string {
  if (name.startsWith('.')) return posix.join(dirname(from), name)
  if (name.startsWith('node:')) return name
  const parts = name.split('/')
  return `npm:${parts.slice(0, name.startsWith('@') ? 2 : 1).join('/')}`
}

/**
 * Finds the first cycle among imports, including types, as the files on it. Returns undefined when there is
 * none.
 */
export function findCycle(imports: readonly Import[]): readonly string[] | undefined {
  const targets = Map.groupBy(imports, ({ from }) => from)
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): readonly string[] | undefined => {
    const start = path.indexOf(file)
    if (start >= 0) return [...path.slice(start), file]
    if (done.has(file)) return undefined
    for (const { to } of targets.get(file) ?? []) {
      const cycle = walk(to, [...path, file])
      if (cycle !== undefined) return cycle
    }
    done.add(file)
    return undefined
  }
  for (const file of targets.keys()) {
    const cycle = walk(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
