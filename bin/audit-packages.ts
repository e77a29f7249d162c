import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { lockedPackages, pagePackages } from './packages.ts'

const Report = v.object({
  vulnerabilities: v.record(v.string(), v.object({ severity: v.string(), nodes: v.array(v.string()) })),
})
const Failure = v.object({
  statusCode: v.optional(v.number()),
  message: v.optional(v.string(), 'no reason given'),
})

export interface AuditVerdict {
  readonly isFine: boolean
  /** One line for the log. */
  readonly words: string
}

/**
 * Judges the output of `npm audit --json`. A finding of high or critical severity in one of the folders
 * `handedOn` fails. A registry without an audit endpoint passes with a note: it says nothing about the
 * packages, and a build without a network must not fail for it.
 */
export function auditVerdict(output: string, handedOn: ReadonlySet<string>): AuditVerdict {
  const json = parse(output)
  const report = v.safeParse(Report, json)
  if (!report.success) {
    const { statusCode = 'no answer', message } = v.parse(v.fallback(Failure, { message: 'no report' }), json)
    return {
      isFine: true,
      words: `NOT AUDITED: the registry's audit endpoint is not available (${statusCode}: ${message})`,
    }
  }
  const found = Object.entries(report.output.vulnerabilities).filter(([, { nodes }]) =>
    nodes.some((node) => handedOn.has(node)),
  )
  const namesOf = (wanted: string) =>
    found.flatMap(([name, { severity }]) => (severity === wanted ? name : []))
  const [critical, high] = [namesOf('critical'), namesOf('high')]
  const names = [...critical, ...high]
  const words = `${critical.length} critical, ${high.length} high: ${names.join(', ') || 'nothing to mend'}`
  return { isFine: names.length === 0, words }
}

/**
 * Folders of the packages that reach other machines: those that are not only for development, and those of
 * the page. The lock file counts the page's packages as development, because they are built into it.
 */
export function handedOnFolders(): ReadonlySet<string> {
  const running = [...lockedPackages().values()].filter(({ isDev }) => !isDev)
  return new Set([...running, ...pagePackages()].map(({ path }) => path))
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const { stdout } = spawnSync('npm', ['audit', '--json'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    timeout: 120_000,
    // The report of all development packages is long when it has findings.
    maxBuffer: 64e6,
  })
  const { isFine, words } = auditVerdict(stdout ?? '', handedOnFolders())
  process.stdout.write(`${words}\n`)
  if (!isFine) process.exitCode = 1
}
