import { readFileSync, writeFileSync } from 'node:fs'

const sections = {
  figures: { page: 'performance.md', begin: 'figures: npm run bench -- --write' },
  bill: { page: 'performance.md', begin: 'bill: npm run cost -- --write' },
  peers: { page: 'peers.md', begin: 'peers: npm run bench:peers -- --write' },
  forecast: { page: 'forecast.md', begin: 'forecast: npm run forecast:error -- --write' },
  capacity: { page: 'capacity.md', begin: 'capacity: npm run cost -- --write' },
} as const

export const writeFigures = (table: string): void => writeSection('figures', table)

/** Replaces a section of a page in `docs`. Throws when the page does not contain the section. */
export function writeSection(section: keyof typeof sections, text: string): void {
  const { page, begin } = sections[section]
  const file = new URL(`../docs/${page}`, import.meta.url)
  const [head, tail] = [`<!-- ${begin} -->`, `<!-- end of ${section} -->`]
  const before = readFileSync(file, 'utf8')
  const [from, to] = [before.indexOf(head), before.indexOf(tail)]
  if (from < 0 || to < from) throw new Error(`docs/${page} has no place for ${section}`)
  writeFileSync(file, `${before.slice(0, from + head.length)}\n\n${text}\n\n${before.slice(to)}`)
}
