import { readFileSync, writeFileSync } from 'node:fs'

const page = new URL('../docs/performance.md', import.meta.url)
const marks = {
  figures: ['<!-- figures: npm run bench -- --write -->', '<!-- end of figures -->'],
  bill: ['<!-- bill: npm run cost -- --write -->', '<!-- end of bill -->'],
} as const

export const writeFigures = (table: string): void => writeSection('figures', table)

/** Puts a table in place of a section of `docs/performance.md`. Throws when the page has no place for it. */
export function writeSection(section: keyof typeof marks, table: string): void {
  const [begin, end] = marks[section]
  const text = readFileSync(page, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error('docs/performance.md has no place for them')
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`)
}
