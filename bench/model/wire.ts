import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { itemBytes } from '../item-bytes.ts'
import { transactionUnitsPerKb, writeUnitBytes } from './aws.ts'

type WireItem = Record<string, AttributeValue>

export interface Write {
  readonly TableName?: string
  readonly Item?: WireItem
  readonly Key?: WireItem
}

/** The fields of a request to the table that the model reads. */
export interface Body extends Write {
  readonly TransactItems?: readonly Readonly<Record<string, Write>>[]
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly WireItem[] }>>
  readonly ExpressionAttributeValues?: WireItem
  readonly IndexName?: string
}

/** An item that a request names, with the write units that writing it in a transaction costs. */
export interface Target {
  readonly pk: string
  readonly key: string
  readonly transactionUnits: number
}

const singleWrite = /^(Put|Update|Delete)Item$/

export const isSingleWrite = (action: string): boolean => singleWrite.test(action)

export const isWrite = (action: string): boolean => isSingleWrite(action) || action === 'BatchWriteItem'

/** The items that a request names, in its order. A query names its partition key alone; a query of an index, nothing. */
export function targetsOf(body: Body): readonly Target[] {
  const { TransactItems, RequestItems, ExpressionAttributeValues, IndexName } = body
  if (TransactItems !== undefined) return TransactItems.flatMap((each) => Object.values(each)).map(toTarget)
  if (RequestItems !== undefined)
    return Object.values(RequestItems).flatMap(({ Keys = [] }) => Keys.map((Key) => toTarget({ Key })))
  if (body.Item !== undefined || body.Key !== undefined) return [toTarget(body)]
  const pk = ExpressionAttributeValues?.[':pk']
  return pk === undefined || IndexName !== undefined ? [] : [toTarget({ Key: { pk, sk: pk } })]
}

function toTarget({ Item, Key }: Write): Target {
  const { pk, sk } = unmarshall({ ...(Item ?? Key) }) as { readonly pk: string; readonly sk: string }
  const kb = Item === undefined ? 1 : Math.ceil(itemBytes(unmarshall(Item)) / writeUnitBytes)
  return { pk, key: `${pk} ${sk}`, transactionUnits: kb * transactionUnitsPerKb }
}
