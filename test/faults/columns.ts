import { seededRandom } from '../../tools/sample/random.ts'
import type { Plan, SeenRequest } from './fault-proxy.ts'
import { outage, storm, type WireFault, wireFaults } from './faults.ts'
import type { Operation } from './operation.ts'
import type { Outside, Trouble } from './outside.ts'
import {
  aDayLate,
  andAgain,
  type Course,
  never,
  onTime,
  streamed,
  twiceAtOnce,
  untilAnswered,
  withClockAhead,
  withClocksOff,
} from './visit.ts'

/** One way to disturb an operation: a plan for its requests, or another course of things. */
export interface Disturbance {
  readonly plan?: Plan
  readonly trouble?: Trouble
  /** For the reader of a failure: which request, which seed. */
  readonly where: string
}

/** A column of the fault table. */
export interface Column {
  readonly name: string
  readonly copies: string
  readonly course: Course
  /** The undisturbed course that must have the same result. */
  readonly calm: Course
  /** The disturbances of an operation whose undisturbed requests are known, or why there are none. */
  disturbances(
    operation: Operation,
    requests: readonly SeenRequest[],
    outside: Outside,
  ): readonly Disturbance[] | string
}

const seeds = [1, 2]
const stormPerThousand = 300
const outageRequests = 12
const undisturbed: readonly Disturbance[] = [{ where: 'undisturbed requests' }]

function ofWire(fault: WireFault, number: number): Column {
  return {
    name: fault.name,
    copies: fault.copies,
    course: untilAnswered,
    calm: untilAnswered,
    disturbances: ({ name, mayLag }, requests) => {
      if (fault.isLag === true && mayLag !== undefined) return mayLag
      const points = pointsOf(fault, number + name.length, requests)
      if (points.length === 0) return 'it makes no such request'
      return points.map((point) => ({ plan: fault.at(point), where: `request ${point}` }))
    },
  }
}

const readsInTurn = 3

/**
 * Of what a fault can hit: the first and the last write, and of the reads, by turns with faults and operations, one or none.
 * Every single request meets death in another column.
 */
function pointsOf(fault: WireFault, turn: number, requests: readonly SeenRequest[]): readonly number[] {
  const hit = requests.flatMap((request, index) => (fault.hits(request) ? [index + 1] : []))
  const isWrite = (point: number) => requests[point - 1]?.isWrite === true
  const [reads, writes] = [hit.filter((point) => !isWrite(point)), hit.filter(isWrite)]
  const read =
    writes.length === 0 || turn % readsInTurn === 0 ? reads[turn % Math.max(1, reads.length)] : undefined
  return [...new Set([read, writes[0], writes.at(-1)])].filter((point) => point !== undefined)
}

function ofOutside(name: string, copies: string, isAfter: boolean): Column {
  return {
    name,
    copies,
    course: untilAnswered,
    calm: untilAnswered,
    disturbances: (_, _requests, { reached }) => {
      if (reached === 0) return 'it speaks to nothing but the table'
      const calls = Array.from({ length: reached }, (_, index) => index + 1)
      return calls.map((at) => ({ trouble: { at, isAfter }, where: `call ${at} of another service` }))
    },
  }
}

const writesNothing = 'it writes nothing'
const isNoSchedule = 'no schedule starts it'

const plain = { course: andAgain, calm: untilAnswered }
const records = streamed((versions) => versions)

/** The columns but those of the engine's death, which many operations meet at once. */
export const columns: readonly Column[] = [
  ...wireFaults.map(ofWire),
  {
    name: 'outage',
    copies: 'nothing gets through for a while: the call is given up with 503, and made again',
    ...plain,
    disturbances: () => [{ plan: outage(outageRequests), where: `the first ${outageRequests} requests` }],
  },
  {
    name: '30 % of requests fail',
    copies: 'a bad hour: all of the above at random',
    ...plain,
    disturbances: ({ isRead }) =>
      seeds
        .slice(isRead ? 1 : 0)
        .map((seed) => ({ plan: storm(seededRandom(seed), stormPerThousand), where: `seed ${seed}` })),
  },
  ofOutside(
    'another service refuses',
    'PutEvents, PutRecordBatch, SendEmail or StartExecution fail, or a webhook does; of a batch half is taken',
    false,
  ),
  ofOutside('answer of another service lost', 'the same, and all was taken', true),
  {
    name: 'clocks off',
    copies: 'a clock is two minutes ahead; who asks again meets one that is two minutes behind',
    course: withClocksOff,
    calm: withClockAhead,
    disturbances: ({ isRead, isRepeatable }) => {
      if (isRead) return 'it says what is at its own instant'
      return isRepeatable === false ? 'each call is another change' : undisturbed
    },
  },
  {
    name: 'called again',
    copies:
      'a state machine retries a task whose answer was lost; a caller its call; EventBridge delivers at least once',
    calm: untilAnswered,
    course: andAgain,
    disturbances: ({ isRepeatable }) =>
      isRepeatable === false ? 'each call is another change' : undisturbed,
  },
  {
    name: 'twice at once',
    copies: 'a schedule fires twice, an impatient caller asks two servers',
    calm: untilAnswered,
    course: twiceAtOnce,
    disturbances: ({ isRepeatable }) =>
      isRepeatable === false ? 'each call is another change' : undisturbed,
  },
  {
    name: 'stream record repeated',
    copies: 'streams deliver at least once',
    calm: records,
    course: streamed((versions) => versions.flatMap((version) => [version, version])),
    disturbances: ({ isRead }) => (isRead ? writesNothing : undisturbed),
  },
  {
    name: 'stream records out of order',
    copies: 'a batch that is retried, or bisected, comes after later ones; one is lost',
    calm: records,
    course: streamed((versions) => versions.toReversed()),
    disturbances: ({ isRead }) => (isRead ? writesNothing : undisturbed),
  },
  {
    name: 'schedule late',
    copies: 'a schedule has a window, and retries for hours',
    calm: onTime,
    course: aDayLate,
    disturbances: ({ isScheduled, isOfItsDay }) => (isScheduled ? (isOfItsDay ?? undisturbed) : isNoSchedule),
  },
  {
    name: 'schedule never',
    copies: 'a schedule is switched off, or its target throttled until it gives up',
    calm: onTime,
    course: never,
    disturbances: ({ isScheduled, isOfItsDay, covers }) => {
      if (!isScheduled) return isNoSchedule
      return covers === 'sweep' && isOfItsDay === undefined
        ? undisturbed
        : 'its work waits for it, and nothing is decided on it'
    },
  },
]

export const engineKilledName = 'engine killed'
export const engineKilledCopies =
  'a storage node dies; here the whole engine, by kill -9, and starts again on its file'
