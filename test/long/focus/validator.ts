import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotInstall, type PythonPackages, pythonPrograms } from '../../../bin/python-packages.ts'

const packages: PythonPackages = {
  name: 'focus-validator',
  requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
  command: 'npm run test:long',
  purpose: 'run the validator of FOCUS',
  // It needs an old numpy, which later versions of Python do not have.
  onlyMinor: 12,
}

/** The capabilities of our data; without them the validator skips the rules of their columns. */
const criteria = [
  'ACCOUNT_NAMING_SUPPORTED',
  'MULTIPLE_PRICING_CATEGORIES_SUPPORTED',
  'NEGOTIATED_PRICING_SUPPORTED',
  'PUBLIC_PRICE_LIST_SUPPORTED',
  'USAGE_MEASUREMENT_SUPPORTED',
  'UNIT_PRICING_SUPPORTED',
  'SUB_ACCOUNT_SUPPORTED',
  'PRICING_BILLING_CURRENCY_DIFFERENCES_SUPPORTED',
  'VIRTUAL_CURRENCY_SUPPORTED',
  'TAGGING_SUPPORTED',
]

/** The folder of the validator's programs, or the reason why this machine has none. */
export function findValidator(): { readonly programs: string } | { readonly missing: string } {
  try {
    return { programs: pythonPrograms(packages) }
  } catch (cause) {
    if (!(cause instanceof CannotInstall)) throw cause
    return { missing: cause.message }
  }
}

/** Ids of the rules that a file breaks. The validator exits with 0 even then, so its lines are read, and its total must be there. */
export function brokenRules(programs: string, file: string): readonly string[] {
  const packagesOf = join(programs, '..', 'lib')
  const [python = ''] = readdirSync(packagesOf)
  const args = ['--data-file', file, '--validate-version', '1.2', '--block-download', '--show-violations']
  const { stdout, stderr } = spawnSync(
    join(programs, 'focus-validator'),
    [...args, '--applicability-criteria', criteria.join()],
    // It opens its list of currencies relative to the working directory.
    { cwd: join(packagesOf, python, 'site-packages'), encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  const lines = stdout.split('\n')
  if (!lines.some((line) => line.includes('Total:'))) throw new Error(`no total: ${stderr.slice(-2_000)}`)
  return lines.flatMap((line) =>
    line.includes('❌') ? [/[A-Za-z]+-C-\d+-[A-Z]/.exec(line)?.[0] ?? line] : [],
  )
}

/** Sum of a column in cents, and the number of rows, as the validator's own reader of CSV loads them. */
export function loadedSum(programs: string, file: string, column: string): { rows: number; cents: number } {
  const code = `
from focus_validator.data_loaders.csv_data_loader import CSVDataLoader
import sys
frame = CSVDataLoader(sys.argv[1]).load()
frame = frame.to_pandas() if hasattr(frame, 'to_pandas') else frame
from decimal import Decimal
print(len(frame), sum(round(Decimal(str(value)) * 100) for value in frame[sys.argv[2]]))
`
  const { stdout, stderr, status } = spawnSync(join(programs, 'python'), ['-c', code, file, column], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr.slice(-2_000))
  const [rows = 0, cents = 0] = (stdout.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { rows, cents }
}
