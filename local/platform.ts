import { CannotStart } from '../audit/data-folder/cannot-start.ts'

const oldestNode = 24

export interface Machine {
  /** The Node version, as in `process.versions.node`. */
  readonly nodeVersion: string
  readonly platform: string
  readonly arch: string
  /** A DynamoDB-compatible endpoint to use instead of the embedded engine. */
  readonly endpoint?: string
}

export function thisMachine(): Machine {
  const { platform, arch, versions, env } = process
  return { platform, arch, nodeVersion: versions.node, endpoint: env.AWS_ENDPOINT_URL_DYNAMODB }
}

/** Throws `CannotStart` when the runtime cannot work on this platform. */
export function checkMachine(machine: Machine): void {
  if (Number.parseInt(machine.nodeVersion, 10) < oldestNode)
    throw new CannotStart(
      `Node ${oldestNode} is needed, this is ${machine.nodeVersion}: start with "npm start", which brings its own.`,
    )
  const isEmbedded = machine.platform === 'linux' && machine.arch === 'x64'
  if (!isEmbedded && machine.endpoint === undefined)
    throw new CannotStart(
      `The embedded engine runs on linux-x64 only, this is ${machine.platform}-${machine.arch}: ` +
        'set AWS_ENDPOINT_URL_DYNAMODB to a DynamoDB-compatible endpoint.',
    )
}
