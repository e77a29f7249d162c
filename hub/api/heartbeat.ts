import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTeamId } from '../session/session-context.ts'
import type { Answer } from './client.ts'
import { type Activity, paceOf, pauses, readingPauseOf, unannouncedMilliseconds } from './pace.ts'
import { retryAfterOf } from './problem.ts'
import { hasReadOn } from './read-on.ts'
import type { OperationId } from './routes.ts'

type Balance = Answer<'getBalance'>

/** Reads of what belongs to no team: the balance does not change with them. */
const unannounced: ReadonlySet<string> = new Set<OperationId>(['getOffer', 'getMe'])
/** A read that changes without the balance, because its items are neither in the journal nor set up by people. */
const unannouncedOfTeam: OperationId = 'listDeliveries'

/** Ends of a person's pause. */
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const

/** Keeps the answers of a team's pages true, with the balance as the only request while nothing changes. */
export function useHeartbeat(): void {
  const queries = useQueryClient()
  const teamId = useTeamId()
  useEffect(() => {
    const heartbeat = new Heartbeat(queries, teamId)
    return () => heartbeat.stop()
  }, [queries, teamId])
}

/** Asks for the balance at the pace of the page, and reads again what the page shows when the balance has changed. */
class Heartbeat {
  private readonly queries: QueryClient
  private readonly teamId: string
  private readonly leaving = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  private isBeating = false
  /** No request before this instant: the service has asked for a pause. */
  private retryAt = Number.NEGATIVE_INFINITY
  private touchedAt = Date.now()
  private changedAt = Number.NEGATIVE_INFINITY
  /** The balance of the last reading, with the day for its time, and its version of the usage. */
  private read: { readonly text: string; readonly usage: number } | undefined
  /** Answers that have changed, and were being read at that moment. */
  private readonly outdated = new Set<Query>()
  private readAt = Number.NEGATIVE_INFINITY
  private readRequests = 0
  private unannouncedAt = Date.now()

  constructor(queries: QueryClient, teamId: string) {
    this.queries = queries
    this.teamId = teamId
    const { signal } = this.leaving
    for (const touch of touches)
      window.addEventListener(touch, () => this.touch(), { signal, capture: true, passive: true })
    document.addEventListener('visibilitychange', () => this.show(), { signal })
    const stopWatching = queries.getMutationCache().subscribe(({ type }) => {
      if (type === 'updated') this.change()
    })
    signal.addEventListener('abort', stopWatching)
    this.plan()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.leaving.abort()
  }

  private touch(): void {
    const wasIdle = this.pace() === 'idle'
    this.touchedAt = Date.now()
    if (wasIdle) void this.beat()
  }

  private show(): void {
    if (document.hidden) return
    this.touchedAt = Date.now()
    void this.beat()
  }

  private change(): void {
    this.changedAt = Date.now()
    this.plan()
  }

  private async beat(): Promise<void> {
    if (this.isBeating || this.leaving.signal.aborted || Date.now() < this.retryAt) return
    this.isBeating = true
    clearTimeout(this.timer)
    await this.queries.refetchQueries(
      { predicate: (query) => this.isBalance(query), type: 'active' },
      { cancelRefetch: false },
    )
    this.isBeating = false
    this.retryAt = Date.now() + (retryAfterOf(this.balance()?.state.error) ?? 0)
    this.readChanged()
    this.plan()
  }

  private plan(): void {
    clearTimeout(this.timer)
    if (this.isBeating || this.leaving.signal.aborted) return
    const pause = Math.max(pauses[this.pace()], this.retryAt - Date.now())
    this.timer = setTimeout(() => void this.beat(), pause)
  }

  private pace() {
    const { touchedAt, changedAt } = this
    const versions = (this.balance()?.state.data as Balance | undefined)?.versions
    const isBehind = versions !== undefined && versions.usage < versions.account
    const activity: Activity = { now: Date.now(), isHidden: document.hidden, touchedAt, changedAt, isBehind }
    return paceOf(activity)
  }

  /** Reads again what may have changed. The first beat reads everything: the page may have loaded it before the balance. */
  private readChanged(): void {
    const balance = this.balance()?.state.data as Balance | undefined
    const now = Date.now()
    const pace = this.pace()
    if (balance === undefined || now - this.readAt < readingPauseOf(pace, this.readRequests)) return
    const { idle, working } = unannouncedMilliseconds
    const isLater = now - this.unannouncedAt >= (pace === 'idle' ? idle : working)
    // With a new day, what depends on the day has changed, too.
    const read = {
      text: JSON.stringify({ ...balance, at: balance.at.slice(0, 10) }),
      usage: balance.versions.usage,
    }
    const moved = { balance: read.text !== this.read?.text, usage: read.usage !== this.read?.usage, isLater }
    this.read = read
    if (isLater) this.unannouncedAt = now
    const active = this.queries.getQueryCache().findAll({ type: 'active' })
    for (const query of active) if (isOutdated(query, moved)) this.outdated.add(query)
    // An answer that is still arriving may be older than the change, so it is read once more at the next beat.
    const due = active.filter((query) => this.outdated.has(query) && query.state.fetchStatus === 'idle')
    for (const query of this.outdated)
      if (due.includes(query) || !query.isActive()) this.outdated.delete(query)
    if (due.length === 0) return
    this.readAt = now
    this.readRequests = due.length
    void this.queries.refetchQueries({ predicate: (query) => due.includes(query) })
  }

  private balance(): Query | undefined {
    return this.queries
      .getQueryCache()
      .findAll({ type: 'active', predicate: (query) => this.isBalance(query) })[0]
  }

  private isBalance({ queryKey: [id, params] }: Query): boolean {
    return id === 'getBalance' && (params as { readonly teamId: string }).teamId === this.teamId
  }
}

interface Moved {
  readonly balance: boolean
  readonly usage: boolean
  /** True if what belongs to no team has not been read for some time. */
  readonly isLater: boolean
}

function isOutdated({ queryKey: [id], state }: Query, moved: Moved): boolean {
  if (unannounced.has(String(id))) return moved.isLater
  if (id === 'getBalance' || !/^(get|list)/.test(String(id)) || hasReadOn(state.data)) return false
  if (id === unannouncedOfTeam || state.error !== null) return true
  return id === 'getUsage' ? moved.usage : moved.balance
}
