import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb'

/** The calls of DynamoDB that the stores use: its inputs and outputs, with plain values in place of typed attributes. */
interface Calls {
  readonly GetItem: [GetCommandInput, GetCommandOutput]
  readonly PutItem: [PutCommandInput, PutCommandOutput]
  readonly UpdateItem: [UpdateCommandInput, UpdateCommandOutput]
  readonly DeleteItem: [DeleteCommandInput, DeleteCommandOutput]
  readonly Query: [QueryCommandInput, QueryCommandOutput]
  readonly Scan: [ScanCommandInput, ScanCommandOutput]
  readonly BatchGetItem: [BatchGetCommandInput, BatchGetCommandOutput]
  readonly BatchWriteItem: [BatchWriteCommandInput, BatchWriteCommandOutput]
  readonly TransactWriteItems: [TransactWriteCommandInput, TransactWriteCommandOutput]
}

export type CallName = keyof Calls
export type Input<Name extends CallName> = Calls[Name][0]
export type Output<Name extends CallName> = Omit<Calls[Name][1], '$metadata'>
