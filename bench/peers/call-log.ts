import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'

type Mark = 'sent' | 'admitted' | 'refused'

/** Content of the log of a process, which a kill interrupts at most between two calls of `write`. */
export interface Logged {
  readonly admitted: ReadonlySet<string>
  readonly refused: ReadonlySet<string>
  /** Calls that were sent and have no result: nobody knows whether they count. */
  readonly unanswered: readonly string[]
}

/** The calls of one process, written at once, so that kill -9 loses no line. */
export class CallLog {
  private readonly descriptor: number

  constructor(file: string) {
    this.descriptor = openSync(file, 'a')
  }

  write(mark: Mark, id: string): void {
    writeSync(this.descriptor, `${mark} ${id}\n`)
  }

  close(): void {
    closeSync(this.descriptor)
  }
}

export function readLog(file: string): Logged {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const idsOf = (mark: Mark) =>
    new Set(lines.flatMap((line) => (line.startsWith(`${mark} `) ? [line.slice(mark.length + 1)] : [])))
  const [sent, admitted, refused] = [idsOf('sent'), idsOf('admitted'), idsOf('refused')]
  const unanswered = [...sent].filter((id) => !admitted.has(id) && !refused.has(id))
  return { admitted, refused, unanswered }
}
