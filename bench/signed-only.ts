import { openSignedTable } from '../lambdas/runtime/dynamodb/signed-table.ts'
import { getItem } from '../lambdas/store/table.ts'

const table = openSignedTable(String(process.env.TABLE_NAME))

/** A function with only the signed client: it reads one item, which is not there. */
export const handler = () => getItem(table, { pk: 'TEAM#nobody', sk: 'ACCOUNT' })
