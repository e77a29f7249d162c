import { screenWidths } from '../support/screen-widths.ts'
import type { TestNames } from './inventory.ts'

interface ViewTest {
  /** File name, in either suite. */
  readonly file: string
  /** Full name of a test that looks at its pages on every screen. Groups: the language and, where the name has it, the page. */
  readonly name: RegExp
  /** Pages, where the name of the test does not contain them. */
  readonly pages?: readonly string[]
}

const viewTests: readonly ViewTest[] = [
  { file: 'every-page.test.ts', name: /^in (en|ja) > (\S+) fits every screen/ },
  { file: 'apps.test.ts', name: /^before the deadline, in (en|ja) >/, pages: ['apps'] },
  { file: 'overview.test.ts', name: /^in (en|ja) > the overview of/, pages: ['overview'] },
  { file: 'page.test.ts', name: /^in (en|ja) > a visitor of the page/, pages: ['sign-in', 'overview'] },
  { file: 'people.test.ts', name: /^in (en|ja) > (members|notifications) can be used/ },
  { file: 'plan.test.ts', name: /^in (en|ja) > both plans/, pages: ['plan'] },
  {
    file: 'spending.test.ts',
    name: /^in (en|ja) > the pages are accessible/,
    pages: ['usage', 'statement', 'invoices'],
  },
]

/** Each page in each language at each width that the tests look at, once and in order. */
export function listViews(tests: TestNames): readonly string[] {
  const seen = new Set<string>()
  for (const { file, name, pages } of viewTests) {
    for (const test of testsIn(tests, file)) {
      const [, language, page = ''] = name.exec(test) ?? []
      if (language === undefined) continue
      for (const shown of pages ?? [page])
        for (const width of screenWidths) seen.add(`${shown} ${language} ${width}`)
    }
  }
  return [...seen].toSorted()
}

function testsIn(tests: TestNames, file: string): readonly string[] {
  return Object.entries(tests).flatMap(([path, names]) => (path.endsWith(`/hub/${file}`) ? names : []))
}
