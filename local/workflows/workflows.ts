import { join } from 'node:path'
import * as v from 'valibot'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'
import { earliest } from '../../core/time/time.ts'
import type { StateMachine } from './workflow-definition.ts'
import { type Execution, startExecution } from './workflow-execution.ts'

/** Number of stored execution names: a name stays in use after its execution has ended. */
const namesMax = 10_000
const settleMillisecondsMax = 60_000

const Saved = v.object({
  running: v.array(v.object({ machineId: v.string(), name: v.string(), input: v.unknown() })),
  names: v.array(v.string()),
})

export interface WorkflowParts {
  readonly machines: readonly StateMachine[]
  readonly dataDir: string
  /** True while the test clock is stopped. Then only its moves end a wait. */
  readonly isStanding: () => boolean
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  readonly log: (line: string) => void
}

/**
 * Runs the template's state machines. Running executions are stored in the data folder and start again after
 * a restart. This is safe, because our executions continue from the table.
 */
export class Workflows {
  private readonly parts: WorkflowParts
  private readonly file: string
  private readonly running = new Map<string, Execution>()
  private readonly names: Set<string>
  private readonly saved: v.InferOutput<typeof Saved>['running']
  private changed: () => void = () => {}

  constructor(parts: WorkflowParts) {
    this.parts = parts
    this.file = join(parts.dataDir, 'workflows.json')
    const saved = readJson(this.file)
    const { running, names } = saved === undefined ? { running: [], names: [] } : v.parse(Saved, saved)
    this.saved = running
    this.names = new Set(names)
  }

  /** Restarts the executions that ran when the runtime stopped, and ends every wait. */
  resume(): void {
    for (const { machineId, name, input } of this.saved.splice(0)) {
      const machine = this.parts.machines.find(({ id }) => id === machineId)
      if (machine !== undefined) this.run(machine, name, input)
    }
    this.wake()
  }

  /** Starts an execution unless one with that name exists. */
  start(machineId: string, name: string, input: unknown): 'started' | 'running' | 'exists' | 'unknown' {
    const machine = this.parts.machines.find(({ id }) => id === machineId)
    if (machine === undefined) return 'unknown'
    const key = `${machineId}/${name}`
    if (this.running.has(key)) return 'running'
    if (this.names.has(key)) return 'exists'
    this.names.add(key)
    const [oldest] = this.names
    if (this.names.size > namesMax && oldest !== undefined) this.names.delete(oldest)
    this.run(machine, name, input)
    this.save()
    return 'started'
  }

  /** Names of a state machine's running executions. */
  runningOf(machineId: string): readonly string[] {
    return [...this.running.values()]
      .filter((execution) => execution.machineId === machineId)
      .map(({ name }) => name)
  }

  /** The first date that an execution waits for; undefined while no execution waits. */
  nextWaitEnd(): number | undefined {
    return earliest(...[...this.running.values()].map((execution) => execution.waitsUntil()))
  }

  /** Ends every wait. Resolves when all executions have ended or wait again. Never rejects. */
  async settle(): Promise<void> {
    this.wake()
    await this.untilWaiting()
  }

  /** Resolves when all executions have ended or wait. Never rejects. */
  async untilWaiting(): Promise<void> {
    const deadline = performance.now() + settleMillisecondsMax
    while ([...this.running.values()].some((execution) => !execution.isWaiting())) {
      const left = deadline - performance.now()
      if (left <= 0) return this.parts.log('Workflows were still busy when the clock had moved.')
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  stop(): void {
    this.save()
    for (const execution of this.running.values()) execution.abort()
    this.running.clear()
  }

  private wake(): void {
    for (const execution of this.running.values()) execution.wake()
  }

  private run(machine: StateMachine, name: string, input: unknown): void {
    const { invoke, isStanding, log } = this.parts
    const key = `${machine.id}/${name}`
    const changed = () => this.changed()
    const execution = startExecution({ machine, name, input, invoke, isStanding, changed })
    this.running.set(key, execution)
    void execution.ended.then((failure) => {
      if (this.running.get(key) !== execution) return
      this.running.delete(key)
      if (failure !== undefined) log(`${machine.id}: ${name} failed: ${failure}`)
      this.save()
      changed()
    })
  }

  private save(): void {
    const running = [...this.running.values()].map(({ machineId, name, input }) => ({
      machineId,
      name,
      input,
    }))
    writeJson(this.file, { running: [...this.saved, ...running], names: [...this.names] })
  }
}
