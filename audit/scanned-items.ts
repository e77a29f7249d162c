import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as v from 'valibot'
import type { EngineCall } from './data-folder/engine-call.ts'

const pagesMax = 500

const Page = v.object({
  Items: v.array(v.record(v.string(), v.any())),
  LastEvaluatedKey: v.optional(v.record(v.string(), v.any())),
})

export interface ScannedTable {
  readonly call: EngineCall
  readonly tableName: string
}

export interface ScanFilter {
  readonly FilterExpression: string
  readonly ExpressionAttributeValues: Readonly<Record<string, { readonly S: string }>>
}

/** Reads the whole table, up to 500 MB. `isWhole` is false if part of the table was not read. */
export async function scanItems(
  { call, tableName }: ScannedTable,
  filter: ScanFilter,
): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly isWhole: boolean }> {
  const items: Record<string, unknown>[] = []
  let start: unknown
  for (let pages = 0; pages < pagesMax; pages++) {
    const question = {
      TableName: tableName,
      ...filter,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    }
    const { Items, LastEvaluatedKey } = v.parse(Page, await call('DynamoDB_20120810', 'Scan', question))
    items.push(...Items.map((item) => unmarshall(item)))
    start = LastEvaluatedKey
    if (start === undefined) break
  }
  return { items, isWhole: start === undefined }
}
