import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { settings } from '../../lib/settings.ts'
import { makeProgram } from '../../ops/program.ts'
import { stacksIn, synthesizeStage } from './stage-folder.ts'

/* Everything that the documents instruct a reader to type exists: commands and their options, scripts, settings, outputs, resources. */

const root = new URL('../../', import.meta.url)
const names = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'))
const documents = [
  'README.md',
  'README.ja.md',
  'CONTRIBUTING.md',
  ...names.map((name) => `docs/${name}`),
].map((name) => ({
  name,
  text: readFileSync(new URL(name, root), 'utf8'),
}))
const textOf = (wanted: string) => documents.find(({ name }) => name === wanted)?.text ?? ''
/** Groups that a pattern captures in all documents, match by match. */
const caught = (pattern: RegExp): readonly (readonly string[])[] =>
  documents.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, ...groups]) => groups))

interface Template {
  readonly Outputs?: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: { readonly Target?: { readonly Arn: unknown } } }
    >
  >
}

const folder = synthesizeStage({ stage: 'prod' })
const templateOf = (stack: string): Template =>
  JSON.parse(readFileSync(`${folder}/Tollgate-prod-${stack}.template.json`, 'utf8'))
const outputsOf = (stack: string) => Object.keys(templateOf(stack).Outputs ?? {})
const idsOf = (stack: string, type: string) =>
  Object.entries(templateOf(stack).Resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []))

const stacks = stacksIn(folder).map((name) => name.replace('Tollgate-prod-', ''))

/** Parses words as the command line does, and throws where that would end the process. */
async function parse(words: readonly string[]): Promise<void> {
  const program = makeProgram(async () => {})
  const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)]
  for (const command of all(program)) command.exitOverride().configureOutput({ writeErr: () => {} })
  await program.parseAsync([...words], { from: 'user' })
}

/** The words of a line as somebody would type it: something in place of `<team>` and `$STAGE`, and no comment. */
function wordsOf(line: string): readonly string[] {
  const typed = line.replace(/\s#.*$/, '').replace(/<version>|<number>/g, '1')
  return typed
    .replace(/<[^>]+>|\$\w+/g, 'x')
    .split(/\s+/)
    .filter(Boolean)
}

test('the two READMEs give the same commands', () => {
  const commandsOf = (name: string) =>
    [...textOf(name).matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) =>
      block
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, ''))
        .filter(Boolean),
    )
  const japanese = commandsOf('README.ja.md')
  expect(japanese.length).toBeGreaterThan(5)
  expect(japanese.filter((line) => !commandsOf('README.md').includes(line))).toEqual([])
})

test('every link to a file leads to one', () => {
  const broken = documents.flatMap(({ name, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(new URL(link, new URL(name, root))))
      .map((link) => `${name}: ${link}`),
  )
  expect(broken).toEqual([])
})

describe('npm run ops', () => {
  const lines = caught(/npm run ops -- ([^`\n|;]+)/g)
    .map(([line = '']) => line)
    .filter((line) => !/^(<command>|…)/.test(line))

  test.each([...new Set(lines)])('takes: %s', async (line) => {
    const help = /--help/.test(line)
    await (help
      ? expect(parse(wordsOf(line))).rejects.toThrow('outputHelp')
      : expect(parse(wordsOf(line))).resolves.toBeUndefined())
  })

  test('refuses what it does not know', async () => {
    expect(lines.length).toBeGreaterThan(15)
    await expect(parse(['replay-view', 'acme', '--everything'])).rejects.toThrow('unknown option')
    await expect(parse(['archive', 'vary', 'x'])).rejects.toThrow('unknown command')
  })

  test('has each of its commands in the table of docs/operations.md, and that table no other', () => {
    const leaves = (command: Command, before = ''): readonly string[] =>
      command.commands.flatMap((subcommand) => {
        const name = `${before}${subcommand.name()}`
        return subcommand.commands.length > 0 ? leaves(subcommand, `${name} `) : [name]
      })
    const listed = [...textOf('docs/operations.md').matchAll(/^\| `([a-z-]+(?: [a-z-]+)*)/gm)]
    const expected = leaves(makeProgram(async () => {}))
    expect(listed.map(([, words]) => words).toSorted()).toEqual([...expected].toSorted())
  })
})

test('every script that is named is in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const named = caught(/npm run ([a-z]+(?::[a-z]+)*)/g).map(([script = '']) => script)
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((script) => !(script in scripts))).toEqual([])
})

test('every setting that is passed is one', () => {
  const keys = caught(/-c (?!key=)([A-Za-z]+)=/g).map(([key = '']) => key)
  expect(keys.length).toBeGreaterThan(3)
  expect(keys.filter((key) => !(key in settings))).toEqual([])
})

test('every output that is asked for is there', () => {
  const clients = ['Service', 'Operator'].map((name) => ['Identity', `${name}ClientId`])
  const asked = caught(/\boutput ([A-Z]\w+) ([A-Z]\w+)/g)
  expect(asked.length).toBeGreaterThan(4)
  for (const [stack = '', key = ''] of [...asked, ...clients]) expect(outputsOf(stack), stack).toContain(key)
  const spoken = caught(/\boutput `(\w+)`/g).map(([key = '']) => key)
  expect(spoken.length).toBeGreaterThan(2)
  const all = stacks.flatMap(outputsOf)
  expect(spoken.filter((key) => !all.includes(key))).toEqual([])
})

test('every log and every kind of resource that is looked for is in its stack', () => {
  const logs = caught(/\blogs ([A-Z]\w+) ([A-Z]\w+)/g)
  expect(logs.length).toBeGreaterThan(10)
  for (const [stack = '', start = ''] of logs)
    expect(idsOf(stack, 'AWS::Logs::LogGroup').join(' '), `${stack} ${start}`).toMatch(
      new RegExp(`(^| )${start}`),
    )
  const kinds = caught(/\b(?:resources|named) ([A-Z]\w+) (AWS::[\w:]+)/g)
  expect(kinds.length).toBeGreaterThan(1)
  for (const [stack = '', type = ''] of kinds) expect(idsOf(stack, type), `${stack} ${type}`).not.toEqual([])
})

test('as many functions can be called by hand as schedules call, by names that are each of one function', () => {
  const named = caught(/\brun ([A-Z]\w+) ([A-Z]\w+)/g).map(([stack = '', start = '']) => {
    const found = idsOf(stack, 'AWS::Lambda::Function').filter((id) => id.startsWith(`${start}Function`))
    expect(found, `${stack} ${start}`).toHaveLength(1)
    return found[0]
  })
  const targets = stacks.flatMap((stack) =>
    Object.values(templateOf(stack).Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Scheduler::Schedule' ? [`${stack} ${JSON.stringify(Properties?.Target?.Arn)}`] : [],
    ),
  )
  expect(targets.length).toBeGreaterThan(2)
  expect(new Set(named).size).toBe(new Set(targets).size)
})

test('every dead-letter queue has the name that the runbook calls it by, and none is left out', () => {
  const queues = stacks.flatMap((stack) => idsOf(stack, 'AWS::SQS::Queue'))
  const short = queues.map((id) => id.slice(0, id.indexOf('DeadLetters')))
  const text = textOf('docs/runbook.md')
  expect(short.length).toBeGreaterThan(5)
  expect(short.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})
