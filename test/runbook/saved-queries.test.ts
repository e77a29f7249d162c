import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { awsTools } from '../../bin/aws-tools.ts'
import { isInstalled, pythonPrograms } from '../../bin/python-packages.ts'
import { entryColumns, savedQueries } from '../../lib/constructs/archive-table.ts'

/* The queries that are saved in Athena are right by its grammar, and ask for columns of the archive's table. */

const canParse = isInstalled(awsTools)
if (!canParse) console.info('Not run: the grammar of saved queries. `npm run lint:templates` installs it.')
const script = fileURLToPath(new URL('cli/columns.py', import.meta.url))
const columns = ['day', ...entryColumns.map(({ name }) => name)]

/** Columns that a query reads and does not make itself. Throws with the parser's words where it is not understood. */
function columnsOf(sql: string): readonly string[] {
  const python = join(pythonPrograms(awsTools), 'python')
  const { status, stdout, stderr } = spawnSync(python, [script], { input: sql, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const { reads, makes }: Record<'reads' | 'makes', string[]> = JSON.parse(stdout)
  return reads.filter((name) => !makes.includes(name))
}

describe.skipIf(!canParse)('a saved query', () => {
  test.each(Object.entries(savedQueries('tollgate_prod.entries')))('%s is understood', (_, { sql }) => {
    const read = columnsOf(sql)
    expect(read).toContain('teamid')
    expect(read.filter((name) => !columns.includes(name))).toEqual([])
  })

  test('that is wrong would be noticed', () => {
    expect(() => columnsOf('SELECT a FROM entries WHERE GROUP BY b')).toThrow('Required keyword')
    expect(columnsOf("SELECT source FROM entries WHERE teams = 'acme'")).toEqual(['source', 'teams'])
  })
})
