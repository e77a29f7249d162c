import { describe } from 'vitest'
import { openAuditSource } from '../../../audit/source.ts'
import { runSeason } from '../../../tools/season/run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { testExport } from './export-suite.ts'

describe('the export of a season of twelve teams', () => {
  testExport(async () => {
    const dataDir = temporaryFolder()
    await runSeason({ teams: 12, seed: 4, dayStep: 8, dataDir })
    const source = await openAuditSource({ DATA_DIR: dataDir })
    const [table] = source.tables
    if (table === undefined) throw new Error('the season has a table')
    return { table, folder: dataDir, close: () => source.close() }
  })
})
