import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { Block } from './blocks.ts'

/** The answers that the CLI gets: the stage's names, as CloudFormation would make them from the templates. */
export interface State {
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly resources: readonly { readonly id: string; readonly name: string; readonly type: string }[]
        readonly outputs: Readonly<Record<string, string>>
      }
    >
  >
  /** Saved queries of Athena, by their name. */
  readonly queries: Readonly<Record<string, string>>
}

/** An operation that the CLI would have asked of AWS. */
export interface Operation {
  readonly service: string
  readonly operation: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The result of one block. */
export interface Ran {
  readonly status: number
  readonly output: string
  readonly errors: string
  readonly operations: readonly Operation[]
  /** Commands that are not the CLI, word by word. */
  readonly typed: readonly (readonly string[])[]
}

/** Programs that only note what they are called with; `curl` and `npm` are looked at elsewhere, and nobody waits here. */
const noted = ['npm', 'curl', 'sleep']
const plugin = fileURLToPath(new URL('cli', import.meta.url))

/**
 * Runs the blocks `tools` and `queries` in a shell, and then each other block in a copy of it that stops at the first error. `programs` has the AWS CLI, which parses, checks and prints as always, and is answered from the templates.
 */
export function runBlocks(
  programs: string,
  state: State,
  blocks: readonly Block[],
): ReadonlyMap<string, Ran> {
  const folder = temporaryFolder()
  const bin = makePrograms(folder)
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state))
  writeFileSync(join(folder, 'config'), '[plugins]\nanswers = answers\n')
  for (const { id, text } of blocks) writeFileSync(join(folder, `${id}.sh`), text)
  const env = {
    PATH: [bin, programs, '/usr/bin', '/bin'].join(':'),
    HOME: folder,
    PYTHONPATH: plugin,
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_DEFAULT_REGION: 'us-east-1',
    RUNBOOK_STATE: join(folder, 'state.json'),
    TOKEN: 'token',
  }
  const ids = blocks.map(({ id }) => id).join(' ')
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', folder, ids], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return new Map(blocks.map(({ id }) => [id, read(folder, id)]))
}

const script = `
cd "$1"
begin() { export RUNBOOK_SENT="$PWD/$1.sent" RUNBOOK_TYPED="$PWD/$1.typed"; }
set -uo pipefail
for id in tools queries; do begin $id; . "./$id.sh" >"$id.out" 2>"$id.err"; echo $? >"$id.status"; done
for id in $2; do
  case $id in tools|queries) continue;; esac
  (begin "$id"; set -e; . "./$id.sh") >"$id.out" 2>"$id.err"
  echo $? >"$id.status"
done`

/** Reports what is wrong with the words of a block by the shell's own grammar; the empty text where nothing is. */
export function grammarFault(text: string): string {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
  return status === 0 ? '' : stderr
}

function makePrograms(folder: string): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of noted) {
    const path = join(bin, name)
    writeFileSync(
      path,
      `#!${process.execPath}\nrequire('node:fs').appendFileSync(process.env.RUNBOOK_TYPED, JSON.stringify(['${name}', ...process.argv.slice(2)]) + '\\n')\n`,
    )
    chmodSync(path, 0o755)
  }
  return bin
}

function read(folder: string, id: string): Ran {
  const text = (end: string) => {
    const path = join(folder, `${id}.${end}`)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
  const lines = (end: string) => text(end).split('\n').filter(Boolean)
  return {
    status: Number(text('status')),
    output: text('out'),
    errors: text('err'),
    operations: lines('sent').map((line) => JSON.parse(line)),
    typed: lines('typed').map((line) => JSON.parse(line)),
  }
}
