import { spawnSync } from 'node:child_process'
import * as v from 'valibot'

const Report = v.object({
  metadata: v.object({ vulnerabilities: v.object({ high: v.number(), critical: v.number() }) }),
  vulnerabilities: v.record(v.string(), v.object({ severity: v.string() })),
})
const Failure = v.object({
  statusCode: v.optional(v.number()),
  message: v.optional(v.string(), 'no reason given'),
})

export interface AuditVerdict {
  readonly isFine: boolean
  /** One line for whoever reads the log. */
  readonly words: string
}

/**
 * What `npm audit --json` has said. Findings of high or critical severity are not fine. A registry without an audit endpoint is,
 * and is told: it says nothing about the packages, and a build without a network must not fail for it.
 */
export function auditVerdict(output: string): AuditVerdict {
  const json = parse(output)
  const report = v.safeParse(Report, json)
  if (!report.success) {
    const { statusCode = 'no answer', message } = v.parse(v.fallback(Failure, { message: 'no report' }), json)
    return {
      isFine: true,
      words: `NOT AUDITED: the registry's audit endpoint is not available (${statusCode}: ${message})`,
    }
  }
  const { metadata, vulnerabilities } = report.output
  const { high, critical } = metadata.vulnerabilities
  const named = Object.entries(vulnerabilities).filter(([, { severity }]) =>
    /^(high|critical)$/.test(severity),
  )
  const words = `${critical} critical, ${high} high: ${named.map(([name]) => name).join(', ') || 'nothing to mend'}`
  return { isFine: high + critical === 0, words }
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  // What is only for development is in no function and in no page.
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    encoding: 'utf8',
    timeout: 120_000,
  })
  const { isFine, words } = auditVerdict(stdout ?? '')
  process.stdout.write(`${words}\n`)
  if (!isFine) process.exitCode = 1
}
