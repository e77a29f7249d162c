import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const commands = { BatchGetCommand, GetCommand, PutCommand, QueryCommand, TransactWriteCommand }

/** A function with only the client and the store's commands: the minimum size of a bundle. */
export const handler = async (): Promise<string> => `${client.config.apiVersion} ${Object.keys(commands)}`
