import {
  ExecutionAlreadyExists,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'

const perPage = 1_000
const pagesMax = 20

/** Executions of state machines. */
export class Executions {
  private readonly client = new SFNClient({ maxAttempts: 3 })

  /** Names of the running executions. Throws if there are more than the planned bound. */
  async running(stateMachineArn: string): Promise<readonly string[]> {
    const names: string[] = []
    let nextToken: string | undefined
    for (let page = 0; page < pagesMax; page++) {
      const answer = await this.client.send(
        new ListExecutionsCommand({
          stateMachineArn,
          statusFilter: 'RUNNING',
          maxResults: perPage,
          nextToken,
        }),
      )
      for (const { name } of answer.executions ?? []) if (name !== undefined) names.push(name)
      nextToken = answer.nextToken
      if (nextToken === undefined) return names
    }
    throw new Error(`more than ${pagesMax * perPage} executions of ${stateMachineArn}`)
  }

  /** Starts an execution, unless its name was used before. Returns true if it started. */
  async start(stateMachineArn: string, name: string, input: object): Promise<boolean> {
    try {
      await this.client.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      )
      return true
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false
      throw error
    }
  }
}
