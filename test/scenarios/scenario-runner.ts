import { readdirSync, readFileSync } from 'node:fs'
import { differences } from './matching.ts'

/** One call of a worked example, and what its answer must show. Without `status`, any 2xx will do. */
export interface Step {
  readonly as: string
  readonly call: string
  readonly body?: unknown
  readonly note?: string
  readonly expect?: { readonly status?: number; readonly body?: unknown }
}

/** A worked example: calls in order, on an empty table. `clockStart` is an instant (RFC 3339). */
export interface Scenario {
  readonly name: string
  readonly why: string
  readonly clockStart?: string
  readonly rateCard?: { readonly meters: readonly Record<string, unknown>[] }
  readonly steps: readonly Step[]
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
}

/** Sends one call as `meter`, `ops`, `hub:<team>` or `local` (no token). */
export type Call = (as: string, method: string, path: string, body?: unknown) => Promise<Answer>

const dataFolder = new URL('./data/', import.meta.url)

/** All worked examples that consist of calls, in the order of their file names. */
export function readScenarios(): Scenario[] {
  const files = readdirSync(dataFolder).filter((file) => /^\d\d-.*\.json$/.test(file))
  return files.sort().map((file) => JSON.parse(readFileSync(new URL(file, dataFolder), 'utf8')) as Scenario)
}

/** The use by day is moments behind over HTTP: it is asked for again for a while. */
const followsStream = (path: string): boolean => path.includes('/usage?')
const triesMax = 50
const pauseMs = 100

/**
 * Runs the steps of a worked example in order and throws at the first answer that differs, naming the step's
 * number (from 1), its note and each differing field. Steps that `skip` accepts are not sent.
 */
export async function runScenario(
  scenario: Scenario,
  call: Call,
  skip: (step: Step) => boolean = () => false,
): Promise<void> {
  for (const [index, step] of scenario.steps.entries()) {
    if (skip(step)) continue
    const [method = '', path = ''] = step.call.split(' ')
    let answer = await call(step.as, method, path, step.body)
    let found = stepDifferences(step, answer)
    for (let tries = 1; found.length > 0 && followsStream(path) && tries < triesMax; tries++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      answer = await call(step.as, method, path, step.body)
      found = stepDifferences(step, answer)
    }
    if (found.length > 0) throw new Error(failureText(scenario, index + 1, step, answer, found))
  }
}

function stepDifferences(step: Step, answer: Answer): string[] {
  const expected = step.expect?.status
  const isStatusRight =
    expected === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === expected
  if (!isStatusRight) return [`status is ${answer.status}, expected ${expected ?? '2xx'}`]
  return step.expect && 'body' in step.expect ? differences(step.expect.body, answer.body) : []
}

function failureText(
  scenario: Scenario,
  number: number,
  step: Step,
  answer: Answer,
  found: string[],
): string {
  const note = step.note === undefined ? '' : ` (${step.note})`
  const where = `${scenario.name}, step ${number}${note}: ${step.as} ${step.call}`
  const lines = found.map((line) => `  ${line}`)
  return [
    where,
    ...lines,
    `  sent ${JSON.stringify(step.body)}`,
    `  answered ${JSON.stringify(answer.body)}`,
  ].join('\n')
}
