import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { busyTable } from './busy-table.ts'
import type { Table } from './table.ts'
import type { CallName, Input, Output } from './table-calls.ts'
import { TransactionCancelled } from './table-errors.ts'

/** Milliseconds: a request that takes longer is given up and tried again, well within a function's own time. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true }

/** Only plain objects are stored; the converter would take one with a field `constructor`, such as a meter's name, for another. */
export const marshallOptions = { removeUndefinedValues: true, convertClassInstanceToMap: true }

/**
 * Opens the table. The SDK finds endpoint, Region and credentials. It repeats calls that fail for a moment; if that
 * is not enough, they throw Busy.
 */
export function openTable(
  tableName: string,
  client = documentClient({ maxAttempts: 3, requestHandler: timeouts }),
): Table {
  return busyTable(sdkTable(tableName, client))
}

/** A client of the SDK that reads and writes plain values. */
export function documentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(config), { marshallOptions })
}

/** The table with the SDK's errors as they are, except for the one that the stores look into. */
export function sdkTable(tableName: string, client: DynamoDBDocumentClient): Table {
  return {
    tableName,
    send: async (name, input) => {
      try {
        return await senders[name](client, input)
      } catch (error) {
        throw error instanceof TransactionCanceledException ? toCancelled(error) : error
      }
    },
  }
}

function toCancelled({
  message,
  CancellationReasons = [],
}: TransactionCanceledException): TransactionCancelled {
  const reasons = CancellationReasons.map(({ Code, Item }) => ({ Code, Item: Item && unmarshall(Item) }))
  return new TransactionCancelled(message, reasons)
}

type Sender<Name extends CallName> = (
  client: DynamoDBDocumentClient,
  input: Input<Name>,
) => Promise<Output<Name>>

const senders: { readonly [Name in CallName]: Sender<Name> } = {
  GetItem: (client, input) => client.send(new GetCommand(input)),
  PutItem: (client, input) => client.send(new PutCommand(input)),
  UpdateItem: (client, input) => client.send(new UpdateCommand(input)),
  DeleteItem: (client, input) => client.send(new DeleteCommand(input)),
  Query: (client, input) => client.send(new QueryCommand(input)),
  Scan: (client, input) => client.send(new ScanCommand(input)),
  BatchGetItem: (client, input) => client.send(new BatchGetCommand(input)),
  BatchWriteItem: (client, input) => client.send(new BatchWriteCommand(input)),
  TransactWriteItems: (client, input) => client.send(new TransactWriteCommand(input)),
}
