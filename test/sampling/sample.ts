import { createHash } from 'node:crypto'

/**
 * Chooses one file of each long suite, which is a folder of `test/long`, in the order of their names. The same files and
 * the same seed give the same sample; other seeds take the files in turn, by chance.
 */
export function chooseSample(files: readonly string[], seed: number): readonly string[] {
  const suites = new Map<string, string[]>()
  for (const file of files.toSorted()) {
    const suite = suiteOf(file)
    suites.set(suite, [...(suites.get(suite) ?? []), file])
  }
  return [...suites].flatMap(([suite, all]) => all[numberOf(`${seed} ${suite}`) % all.length] ?? [])
}

/** The folder in `test/long`. */
function suiteOf(file: string): string {
  return file.split('/')[2] ?? ''
}

function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE()
}
