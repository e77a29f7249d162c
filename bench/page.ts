import { readFileSync, writeFileSync } from 'node:fs'

const page = new URL('../docs/performance.md', import.meta.url)
const [begin, end] = ['<!-- figures: npm run bench -- --write -->', '<!-- end of figures -->']

/** Puts a table in place of the figures of `docs/performance.md`. Throws when the page has no place for them. */
export function writeFigures(table: string): void {
  const text = readFileSync(page, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error('docs/performance.md has no place for the figures')
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`)
}
