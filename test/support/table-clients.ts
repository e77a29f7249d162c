import { openSignedTable } from '../../lambdas/runtime/dynamodb/signed-table.ts'
import { openTable } from '../../lambdas/store/sdk-table.ts'
import type { Table } from '../../lambdas/store/table.ts'

export type ClientName = 'sdk' | 'signed'

/** The two clients of the table. What a store guarantees, it guarantees with each. */
export const tableClients: Readonly<Record<ClientName, (tableName: string) => Table>> = {
  sdk: (tableName) => openTable(tableName),
  signed: openSignedTable,
}
export const clientNames = ['sdk', 'signed'] as const
