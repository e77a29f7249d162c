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

/** A function that has the client, the commands that the store uses, and nothing else: the floor of a bundle. */
export const handler = async (): Promise<string> => `${client.config.apiVersion} ${Object.keys(commands)}`
