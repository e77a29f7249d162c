import { correlated, currentCorrelationId, stepsSoFar } from './invocation.ts'
import { logger } from './log.ts'
import { metrics } from './metrics.ts'

/**
 * A function that no HTTP call begins: its counts are written when it ends, and its failure is logged with every step
 * before it is thrown on.
 */
export function background<Input, Output>(
  name: string,
  work: (input: Input) => Promise<Output>,
  correlationIdOf: (input: Input) => string | undefined = () => undefined,
): (input: Input) => Promise<Output> {
  return (input) =>
    correlated(correlationIdOf(input), async () => {
      try {
        return await work(input)
      } catch (error) {
        logFailure(name, {}, error)
        throw error
      } finally {
        metrics.flush()
      }
    })
}

/** One line that says all: what failed, for whom, and what had been done. */
export function logFailure(message: string, facts: Readonly<Record<string, unknown>>, error?: unknown): void {
  const line = { message, correlationId: currentCorrelationId(), ...facts, steps: stepsSoFar() }
  if (error === undefined) logger.error(line)
  else logger.error(line, error as Error)
}
