import { openTable } from '../lambdas/store/sdk-table.ts'
import { getItem } from '../lambdas/store/table.ts'

const table = openTable(String(process.env.TABLE_NAME))

/** A function with only the SDK's client: it reads one item, which is not there. */
export const handler = () => getItem(table, { pk: 'TEAM#nobody', sk: 'ACCOUNT' })
