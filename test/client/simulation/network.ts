import type { Received, Sent } from '../../../client/environment.ts'
import type { Settled } from './asks.ts'
import type { Chance } from './chance.ts'
import type { Answer, Server } from './server.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Probabilities of what may happen to one request. */
export interface Weather {
  /** The request never arrives. */
  readonly lost: number
  /** It is carried out, and its answer never arrives. */
  readonly unanswered: number
  /** It arrives a second time, up to ten minutes later. */
  readonly doubled: number
  /** It takes seconds, so that its caller may have given up and repeated it before it arrives. */
  readonly slow: number
  /** It is turned away as a whole: 503 or 429 with `Retry-After`, or 500 without. */
  readonly turnedAway: number
  /** The rows of some team are answered 503. */
  readonly busyRows: number
}

export const calm: Weather = { lost: 0, unanswered: 0, doubled: 0, slow: 0, turnedAway: 0, busyRows: 0 }

/** Is notified of what happens to a request. */
export interface Watcher {
  /** The caller has the answer of a settlement. */
  readonly onSettled: (settled: Settled) => void
  /** No good answer came. */
  readonly onTrouble: () => void
  /** The server could not read the request. */
  readonly onInvalid: (reason: string) => void
}

/** An answer on its way. */
type Response = Received & Pick<Answer, 'settled'>

interface Parts {
  readonly time: VirtualTime
  readonly chance: Chance
  readonly server: Server
  /** The server's clock, in epoch milliseconds. */
  readonly now: () => number
}

const callMs = { least: 3, most: 60 }
const slowMs = { least: 500, most: 40_000 }
const laterMs = 600_000

/** Carries requests to the server and answers back, with the weather of its seed. */
export class Network {
  weather: Weather = calm
  /** No request arrives during an outage. */
  isDown = false
  readonly requests = { sent: 0, lost: 0, unanswered: 0, doubled: 0, slow: 0, turnedAway: 0, busyRows: 0 }
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** The server's clock, in epoch milliseconds. */
  now(): number {
    return this.parts.now()
  }

  send(request: Sent, watcher: Watcher): Promise<Received> {
    this.requests.sent += 1
    const { time } = this.parts
    const sent = { sentAt: time.now(), sentAtServer: this.now() }
    return new Promise((resolve, reject) => {
      let isOver = false
      const stop = time.after(request.timeoutMs, () => {
        isOver = true
        watcher.onTrouble()
        reject(new Error('no answer in time'))
      })
      const answer = ({ settled, ...received }: Response) => {
        if (isOver) return
        stop()
        if (received.status !== 200) watcher.onTrouble()
        if (settled !== undefined) watcher.onSettled({ ...settled, ...sent })
        resolve(received)
      }
      this.deliver(request, watcher, answer)
    })
  }

  private deliver(request: Sent, watcher: Watcher, answer: (response: Response) => void): void {
    const { time, chance } = this.parts
    const { lost, unanswered, doubled, slow } = this.weather
    const isLost = this.happens('lost', lost) || this.isDown
    const isUnanswered = this.happens('unanswered', unanswered)
    const isDoubled = this.happens('doubled', doubled)
    const isSlow = this.happens('slow', slow)
    if (isLost || isUnanswered || isSlow) watcher.onTrouble()
    const { least, most } = isSlow ? slowMs : callMs
    const [there, back] = [chance.between(least, most), chance.between(callMs.least, callMs.most)]
    if (isDoubled) time.after(there + chance.between(0, laterMs), () => this.carryOut(request, watcher))
    if (isLost) return
    time.after(there, () => {
      const response = this.turnAway() ?? this.carryOut(request, watcher)
      if (!isUnanswered) time.after(back, () => answer(response))
    })
  }

  private happens(what: keyof Weather, probability: number): boolean {
    const isTrue = probability > 0 && this.parts.chance.isTrue(probability)
    if (isTrue) this.requests[what] += 1
    return isTrue
  }

  private turnAway(): Received | undefined {
    if (!this.happens('turnedAway', this.weather.turnedAway)) return undefined
    const status = this.parts.chance.pick([429, 500, 503])
    const body = JSON.stringify({ status, title: 'Turned away' })
    return { status, date: this.date(), body, ...(status !== 500 && { retryAfter: '2' }) }
  }

  private carryOut({ path, body = '' }: Sent, watcher: Watcher): Response {
    const { server, chance } = this.parts
    const busy = new Set<string>()
    if (this.happens('busyRows', this.weather.busyRows))
      busy.add(server.teams[chance.whole(0, server.teams.length - 1)]?.teamId ?? '')
    if (busy.size > 0) watcher.onTrouble()
    try {
      const { status, body: answer, settled } = server.handle(path, body, { now: this.now(), busy })
      return { status, date: this.date(), body: JSON.stringify(answer), ...(settled && { settled }) }
    } catch (error) {
      watcher.onInvalid(`${String(error)} on ${path} ${body.slice(0, 300)}`)
      return { status: 500, date: this.date(), body: '{}' }
    }
  }

  private date(): string {
    return new Date(this.now()).toUTCString()
  }
}
