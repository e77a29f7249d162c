import { lateMs } from '../contract/health-limits.ts'
import type { AlarmKind } from './alarm-kind.ts'

const quiet = 'nothing of the kind happened, which is good'

/** All kinds of alarms. */
export const alarmKinds = {
  'api-faults': {
    title: 'The API answers 5xx',
    threshold: 5,
    periodMinutes: 5,
    periods: 1,
    reason: 'one may be a bad moment and is tried again; five in five minutes are not',
    missing: 'nobody called',
    hurtsCustomers: true,
  },
  'api-slow': {
    title: 'The API is slow',
    threshold: 3_000,
    periodMinutes: 5,
    periods: 3,
    reason: 'one call in a hundred over 3 s for a quarter of an hour: cold starts alone stay below 1 s',
    missing: 'nobody called',
    hurtsCustomers: true,
  },
  'decisions-slow': {
    title: 'Authorizations are slow',
    threshold: 1_000,
    periodMinutes: 5,
    periods: 3,
    reason: 'a warm authorization takes tens of milliseconds; services wait for it before each job',
    missing: 'nobody asked',
    hurtsCustomers: true,
  },
  'no-decisions': {
    title: 'Nobody is allowed or refused anything',
    threshold: 1,
    isFloor: true,
    periodMinutes: 5,
    periods: 3,
    reason: 'services ask day and night: a quarter of an hour of silence means that they do not get through',
    missing: 'the same: no decision was made',
    isMissingBad: true,
    hurtsCustomers: true,
  },
  faults: {
    title: 'A call fails inside',
    threshold: 1,
    periodMinutes: 5,
    periods: 1,
    reason: 'an answer 500 is always a bug or an outage, never a refusal',
    missing: quiet,
    hurtsCustomers: true,
  },
  busy: {
    title: 'Calls are sent away busy',
    threshold: 10,
    periodMinutes: 5,
    periods: 2,
    reason:
      'a lost race ends within 8 s even among dozens; ten in each of two periods is a hot team or a sick table',
    missing: quiet,
    hurtsCustomers: true,
  },
  'function-errors': {
    title: 'A function fails',
    threshold: 1,
    // A scheduled function uses the interval of its schedule. A sign-in is tried three times within seconds, then it
    // fails.
    periodMinutes: 5,
    periods: 2,
    reason:
      'functions answer what they expect: an error is a bug, a timeout or a crash. Two periods: a retry, or the next run, has failed, too',
    missing: 'it was not called',
  },
  'function-throttles': {
    title: 'A function is throttled',
    threshold: 1,
    periodMinutes: 5,
    periods: 2,
    reason: 'calls were turned away by Lambda before any of our code ran',
    missing: 'it was not called',
    hurtsCustomers: true,
  },
  'concurrency-near-limit': {
    title: 'Lambda is near its limit',
    threshold: 800,
    periodMinutes: 5,
    periods: 2,
    reason: '80 % of the 1,000 that an account may run at once by default; raise both together',
    missing: 'nothing ran',
  },
  'unauthorized-burst': {
    title: 'Many calls without a good token',
    threshold: 300,
    periodMinutes: 5,
    periods: 2,
    reason: 'one a second for ten minutes: a service whose tokens have gone bad, or somebody who tries',
    missing: quiet,
  },
  'calls-throttled': {
    title: 'Callers are sent away because they are too many',
    threshold: 60,
    periodMinutes: 5,
    periods: 2,
    reason:
      'a burst passes within seconds; a minute of 429 in each of two periods is a limit that is too low',
    missing: quiet,
    hurtsCustomers: true,
  },
  'stream-behind': {
    title: 'A consumer of the stream is behind',
    threshold: 120_000,
    periodMinutes: 5,
    periods: 2,
    reason: 'changes are applied within seconds; the stream forgets after 24 hours',
    missing: 'nothing was written',
  },
  'readers-behind': {
    title: 'A reader of the journals is behind, or nobody looks',
    threshold: lateMs['readers-behind'],
    periodMinutes: 60,
    periods: 2,
    reason:
      'readers follow within seconds, the archive within minutes: half an hour in two checks is a reader that has stopped',
    missing: 'check-readers did not run, so nobody knows',
    isMissingBad: true,
  },
  'dead-letters': {
    title: 'Something was given up after all retries',
    threshold: 1,
    periodMinutes: 5,
    periods: 1,
    reason: 'each message is work that nobody will do unless an operator does; they are kept for 14 days',
    missing: 'the queue is empty',
  },
  'schedule-silent': {
    title: 'A schedule does not run',
    threshold: 1,
    isFloor: true,
    // Each schedule has different periods, from its expression.
    periodMinutes: 60,
    periods: 3,
    reason: 'its function has not been called for several times its interval',
    missing: 'the same: it was not called',
    isMissingBad: true,
  },
  'scheduler-failures': {
    title: 'The scheduler cannot call its targets',
    threshold: 1,
    periodMinutes: 15,
    periods: 1,
    reason: 'a call was dropped after an hour of retries',
    missing: quiet,
  },
  'sweep-behind': {
    title: 'Accounts wait for the sweep',
    threshold: lateMs['sweep-behind'],
    periodMinutes: 15,
    periods: 2,
    reason:
      'a sweep runs every five minutes and takes what is due: an hour means that runs fail, or that too much falls due',
    missing: 'no sweep ran: see schedule-silent',
  },
  'sweep-unfinished': {
    title: 'Sweeps run out of time',
    threshold: 1,
    periodMinutes: 15,
    periods: 3,
    reason:
      'the next run goes on, and 100,000 months take two; three quarters of an hour of runs that do not finish are more than was planned for',
    missing: 'no sweep ran: see schedule-silent',
  },
  'workflow-failed': {
    title: 'A workflow has failed',
    threshold: 1,
    periodMinutes: 60,
    periods: 1,
    reason:
      'a task failed for minutes. It is started again within the hour, and fails again if the cause stays',
    missing: quiet,
  },
  'recovery-stuck': {
    title: 'The recovery of unpaid bills does not advance',
    threshold: 1,
    periodMinutes: 60,
    periods: 2,
    reason: 'neither workflow nor sweep has taken a step that fell due three hours ago',
    missing: 'start-workflows did not run: see schedule-silent',
  },
  'campaign-stuck': {
    title: 'A campaign does not advance',
    threshold: 1,
    periodMinutes: 60,
    periods: 2,
    reason: 'a step that fell due three hours ago is not done: teams are not notified before their apps stop',
    missing: 'start-workflows did not run: see schedule-silent',
  },
  'payments-silent': {
    title: 'Payments are asked for and nobody answers',
    threshold: 1,
    periodMinutes: 24 * 60,
    periods: 2,
    reason:
      'a processor answers within minutes: on two days payments were asked for, and not one result came',
    missing: 'nothing was to be paid',
  },
  refunds: {
    title: 'Many payments are given back',
    threshold: 20,
    periodMinutes: 24 * 60,
    periods: 1,
    reason:
      'single refunds are agreed with a team; twenty in a day are a mistake in a price, or of the processor',
    missing: quiet,
  },
  'charge-backs': {
    title: 'Payments are charged back',
    threshold: 3,
    periodMinutes: 24 * 60,
    periods: 1,
    reason:
      'one is a dispute with a team; three in a day are stolen cards or a wrong bill, and card networks watch the rate',
    missing: quiet,
  },
  'bus-failed': {
    title: 'The bus cannot hand events over',
    threshold: 1,
    periodMinutes: 15,
    periods: 1,
    reason: 'an event was not handed over in an hour of retries; it is among the dead letters',
    missing: quiet,
  },
  'webhook-give-ups': {
    title: 'Webhooks are given up',
    threshold: 10,
    periodMinutes: 60,
    periods: 1,
    reason:
      'one is a receiver that is gone and its team is notified; ten in an hour are more likely our own fault',
    missing: quiet,
  },
  'deliveries-behind': {
    title: 'Deliveries are tried late',
    threshold: lateMs['deliveries-behind'],
    periodMinutes: 5,
    periods: 3,
    reason: 'what is due is tried each minute; a quarter of an hour late for as long is a backlog',
    missing: 'deliver-due did not run: see schedule-silent',
  },
  'mail-failures': {
    title: 'Mail is not accepted',
    threshold: 3,
    periodMinutes: 15,
    periods: 2,
    reason: 'the mail service takes what is well formed: repeated refusals mean that we may not send',
    missing: quiet,
  },
  'mail-bounces': {
    title: 'Mail comes back',
    // Each of the two rates has a separate threshold.
    threshold: 0.05,
    periodMinutes: 60,
    periods: 1,
    reason:
      'SES reviews an account at 5 % of bounces or 0.1 % of complaints, and stops its mail at twice that and more',
    missing: 'no mail was sent',
  },
  shortfall: {
    title: 'Work is done that nobody pays',
    threshold: 500,
    periodMinutes: 60,
    periods: 1,
    reason:
      'what is authorized is always paid; 500 units in an hour (from 1,500 USD) is a service that does not ask first',
    missing: quiet,
  },
  'usage-conflicts': {
    title: 'Usage is sent under ids that are taken',
    threshold: 100,
    periodMinutes: 60,
    periods: 1,
    reason:
      'a sender sees each rejection in its answer; a hundred in an hour is a service that uses ids again, and its work is on no bill',
    missing: quiet,
  },
  'table-throttled': {
    title: 'The table turns requests away',
    threshold: 10,
    periodMinutes: 5,
    periods: 2,
    reason: 'single ones pass by themselves while a partition splits; they do not go on for ten minutes',
    missing: quiet,
    hurtsCustomers: true,
  },
  'table-errors': {
    title: 'The table fails',
    threshold: 5,
    periodMinutes: 5,
    periods: 1,
    reason: 'errors of the service itself; each was tried again three times',
    missing: quiet,
    hurtsCustomers: true,
  },
  'table-near-limit': {
    title: 'The table is near its limit',
    // Units in a minute. If the stage has a limit, its limit replaces this one.
    threshold: 0.8 * 40_000 * 60,
    periodMinutes: 1,
    periods: 5,
    reason: '80 % of the units per second that the table may use, for five minutes',
    missing: 'nothing was read or written',
  },
  'archive-late': {
    title: 'The archive does not get its entries',
    threshold: 1_800,
    periodMinutes: 5,
    periods: 3,
    reason: 'an object is written each quarter of an hour; Firehose gives up after 24 hours',
    missing: 'nothing was to be written',
  },
} as const satisfies Readonly<Record<string, AlarmKind>>

export type AlarmKindName = keyof typeof alarmKinds
