import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useClient } from '../../session/session-context.ts'

export type Lag = Answer<'listLags'>['lags'][number]

/** More rows than anybody reads; the count goes on. */
const shownMax = 200

export interface Examination {
  readonly examined: number
  /** The first lags that were found, and the number of all. */
  readonly lags: readonly Lag[]
  readonly found: number
  readonly state: 'idle' | 'running' | 'stopped' | 'done' | 'failed'
  readonly error?: unknown
}

const idle: Examination = { examined: 0, lags: [], found: 0, state: 'idle' }

/** Examines the readers of all teams, page by page, until it is done or stopped, or the page is left. */
export function useLags() {
  const client = useClient()
  const [examination, setExamination] = useState(idle)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const start = async () => {
    const control = new AbortController()
    running.current = control
    let sofar: Examination = { ...idle, state: 'running' }
    setExamination(sofar)
    try {
      let cursor: string | undefined
      do {
        const page: Answer<'listLags'> = await client.call('listLags', { query: { cursor } }, control.signal)
        sofar = withPage(sofar, page)
        cursor = page.cursor
        if (control.signal.aborted) return
        setExamination(sofar)
      } while (cursor !== undefined)
      setExamination({ ...sofar, state: 'done' })
    } catch (error) {
      if (!control.signal.aborted) setExamination({ ...sofar, state: 'failed', error })
    }
  }
  const stop = () => {
    running.current?.abort()
    setExamination((sofar) => ({ ...sofar, state: 'stopped' }))
  }
  return { examination, start: () => void start(), stop }
}

function withPage(sofar: Examination, { examined, lags }: Answer<'listLags'>): Examination {
  return {
    ...sofar,
    examined: sofar.examined + examined,
    found: sofar.found + lags.length,
    lags: [...sofar.lags, ...lags].slice(0, shownMax),
  }
}
