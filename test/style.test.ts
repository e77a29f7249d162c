import { describe, expect, it } from 'vitest'
import { coveredPaths, findOffences, readFiles } from './support/style.ts'

describe('comments, texts and names are plain English', () => {
  const paths = coveredPaths()

  it('in the whole project', () => {
    const folders = [
      'audit',
      'bench',
      'bin',
      'contract',
      'core',
      'docs',
      'examples',
      'hub',
      'lambdas',
      'lib',
      'local',
      'ops',
    ]
    expect(paths).toEqual(expect.arrayContaining([...folders, 'README.md', 'test', 'tools']))
  })

  it.each(paths)('in %s', (path) => {
    const offences = [...readFiles(path)].flatMap(([file, source]) => findOffences(file, source))
    expect(offences).toEqual([])
  })
})

describe('the rules report', () => {
  it.each([
    ['told', '// The team is told of it.', 'told'],
    ['told', '/**\n * The team was\n * told of it.\n */', 'told'],
    ['told', "const text = 'You are told by mail.'", 'told'],
    ['hears', '/** Hears each step. */', 'Hears'],
    ['anew', '// It begins anew.', 'anew'],
    ['whoever', '/** For whoever asks. */', 'whoever'],
    ['so many', '// A team with so many tokens.', 'so many'],
    ['for ever', '// It is stored for\n// ever.', 'for ever'],
    ['of its own', '// Each has a table of its own.', 'of its own'],
    ['of its own', "// A clock of the test's own.", "of the test's own"],
    ['of ours', '// An entry of ours.', 'of ours'],
    ['comes to', '// The sum comes to 5.', 'comes to'],
    ['stands', '// The entry stands in the table.', 'stands'],
    ['beside', '// A table beside this one.', 'beside'],
    ['nobody calls for', '// A stage that nobody calls for.', 'nobody calls for'],
    ['what is kept', '// It removes what is kept.', 'what is kept'],
    ['broken off', '// A run that was broken off.', 'broken off'],
    ['Answers', '/** Takes a line. Answers its team. */', 'Answers'],
    ['headless beginning', '/** Whether it is open. */', 'Whether'],
    ['headless beginning', '/*\n * How it works.\n */', 'How'],
    ['headless beginning', '// When it ends.', 'When'],
    ['headless beginning', "test('what is lost is missed', run)", 'what'],
    ['part of a sentence', "test('of nothing else', run)", 'of'],
    ['part of a sentence', "test.each([1])('but not from here', run)", 'but'],
    ['part of a sentence', "test.each(rows)('and %s', run)", 'and'],
    ['a function is a verb', 'function used(meter: Meter): number {}', 'function used'],
    ['a function is a verb', 'const held = (at: Instant) => 1', 'const held = (at: Instant) =>'],
    ['a parameter is a noun', 'function add(lot: Lot, but: Meter): void {}', 'but'],
    ['a parameter is a noun', 'rows.map((one) => one.id)', 'one'],
    ['a parameter is a noun', 'const of = 1', 'const of'],
  ])('%s: %s', (rule, source, words) => {
    const offences = findOffences('room/file.test.ts', source)
    expect(offences).toEqual([expect.stringContaining(`: ${words} (${rule}`)])
  })

  it('the line of the words, not of the comment', () => {
    const source = "import a from 'a'\n\n/**\n * The team\n * was told.\n */"
    expect(findOffences('room/file.ts', source)).toEqual(['room/file.ts:5: told (told: notified, published)'])
  })

  it('documents outside their code', () => {
    const page = 'The team is told.\n\n```sh\necho told\n```\n\nIt is `told`.\n'
    expect(findOffences('docs/page.md', page)).toEqual(['docs/page.md:1: told (told: notified, published)'])
  })
})

describe('the rules allow', () => {
  it.each([
    '// A port that stands in for AWS.',
    '// Two texts cannot be told apart.',
    '// There are so many that one page is not enough.',
    '// The answer is cached. Answers are small.',
    "// The domain of the issuer's own sign-in page.",
    'function add(done: number, offset: number): void {}',
    "import { told } from './told.ts'",
    "const kind = 'told'",
    'for (const one of rows) count(one)',
    'const pattern = /[\'"]/g // a quote',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the sample contains a template
    'const text = `${ok ? `a` : "b"}`',
  ])('%s', (source) => {
    expect(findOffences('room/file.ts', source)).toEqual([])
  })
})
