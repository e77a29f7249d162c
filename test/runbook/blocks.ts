import { readFileSync } from 'node:fs'

/** One fenced block of `docs/runbook.md`. */
export interface Block {
  readonly id: string
  readonly language: string
  /** The section that it is in. */
  readonly section: string
  readonly text: string
}

export const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')

/** Every fenced block of the runbook, in order. One without an id has the empty id. */
export const blocks: readonly Block[] = [
  ...runbook.matchAll(/^```(\w*)(?: id=(\S+))?\n([\s\S]*?)^```$/gm),
].map(({ index, 1: language = '', 2: id = '', 3: text = '' }) => ({
  id,
  language,
  section: [...runbook.slice(0, index).matchAll(/^## (.+)$/gm)].at(-1)?.[1] ?? '',
  text,
}))

type Proof = 'run' | 'parsed' | { readonly neither: string }

/** The proof of each block: run by the shell and the AWS CLI, only parsed, or neither, with the reason. */
export const proofs: Readonly<Record<string, Proof>> = {
  tools: 'run',
  queries: 'run',
  status: 'run',
  follow: 'run',
  audit: 'run',
  'api-faults': 'run',
  'api-slow': 'run',
  'decisions-slow': 'run',
  faults: 'run',
  suspend: 'run',
  busy: 'run',
  'function-errors': 'run',
  'account-limit': 'run',
  'bound-function': 'run',
  'unauthorized-burst': 'run',
  'calls-throttled': 'run',
  'stream-behind': 'run',
  replay: 'run',
  'readers-behind': 'run',
  'enable-reader': 'run',
  'check-readers': 'run',
  'dead-letters': 'run',
  redrive: 'run',
  directory: 'run',
  schedules: 'run',
  'run-schedules': 'run',
  'sweep-behind': 'run',
  sweep: 'run',
  'workflow-failed': 'run',
  'recovery-stuck': 'run',
  'campaign-stuck': 'run',
  'report-payment': 'run',
  'role-taken': 'run',
  'webhook-give-ups': 'run',
  'deliveries-behind': 'run',
  deliver: 'run',
  'mail-failures': 'run',
  'mail-bounces': 'run',
  'mail-health': 'run',
  shortfall: 'run',
  'table-throttled': 'run',
  'archive-late': 'run',
  'archive-mark': 'run',
}

export interface LogQuestion {
  readonly block: string
  readonly stack: string
  /** Start of the log group's name in the code. */
  readonly group: string
  readonly query: string
}

const textOf = (id: string) => blocks.find((block) => block.id === id)?.text ?? ''

/** The queries that the block `queries` names; `one_id` with the id of the block `follow`. */
function namedQueries(): ReadonlyMap<string, string> {
  const variables = [...textOf('queries').matchAll(/^(\w+)='([^']+)'/gm)].map(
    ({ 1: name = '', 2: query = '' }) => [`$${name}`, query] as const,
  )
  const [, template = ''] = /^one_id\(\) \{ echo "(.+)"; \}$/m.exec(textOf('queries')) ?? []
  const followed = [
    '$(one_id request-1)',
    template.replaceAll('\\"', '"').replace('$1', 'request-1'),
  ] as const
  return new Map([...variables, followed])
}

/** Every question to a log, with the query written out. Throws for a query that has no name in the block `queries`. */
export function logQuestions(): readonly LogQuestion[] {
  const queries = namedQueries()
  return blocks.flatMap(({ id: block, text }) =>
    [...text.matchAll(/^logs (\w+) (\w+) (?:'([^']+)'|"([^"]+)")$/gm)].map(
      ({ 1: stack = '', 2: group = '', 3: written, 4: name = '' }) => {
        const query = written ?? queries.get(name)
        if (query === undefined) throw new Error(`${block} asks ${name}, which is no query`)
        return { block, stack, group, query }
      },
    ),
  )
}
