import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFunctions } from './build.ts'
import { bundledPackages, type LockedPackage, licenceText, pagePackages } from './packages.ts'

const folder = fileURLToPath(new URL('../dist', import.meta.url))

/**
 * Names of the packages in the functions and in the page, with the text of each licence once, as the licences
 * require.
 */
export function noticesOf(packages: readonly LockedPackage[]): string {
  const byText = new Map<string, LockedPackage[]>()
  for (const locked of packages) {
    const text = licenceText(locked) ?? `The package says "${locked.license}" and brings no text.`
    byText.set(text, [...(byText.get(text) ?? []), locked])
  }
  const sections = [...byText].map(([text, ones]) => {
    const names = ones.map(({ name, version, license }) => `${name} ${version} (${license})`)
    return `${[...new Set(names)].sort().join('\n')}\n\n${text}\n`
  })
  return `Tollgate contains these packages.\n\n${sections.sort().join(`\n${'-'.repeat(80)}\n\n`)}`
}

if (import.meta.main) {
  const packages = [...bundledPackages(buildFunctions()), ...pagePackages()]
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), noticesOf(packages))
  process.stdout.write(`${packages.length} packages in dist/THIRD-PARTY-NOTICES.txt\n`)
}
