/** A failure that the table leaves out, and the test that proves the behaviour. */
export interface ProvedElsewhere {
  readonly fault: string
  /** From the project's root. */
  readonly file: string
  /** Name of the test, as it is in the file. */
  readonly test: string
}

/** A test fails if one of these tests is missing. */
export const provedElsewhere: readonly ProvedElsewhere[] = [
  {
    fault: "a function's process is killed",
    file: 'test/long/faults/kill-suite.ts',
    test: 'killed with -9 before and after every request of every operation, each is done exactly once when it is asked again',
  },
  {
    fault: 'the whole runtime is killed in the middle of a month of events',
    file: 'test/long/faults/kill.test.ts',
    test: 'killed with -9 twice in the middle of a replay, nothing acknowledged is lost and nothing counts twice',
  },
  {
    fault: 'the memory of a warm function is stale',
    file: 'test/faults/stale-memory.test.ts',
    test: 'a function that remembers tokens that another function has promised promises none of them',
  },
  {
    fault: 'many at once on one account',
    file: 'test/store/races.test.ts',
    test: '64 authorizations at once, with backing for 50: exactly 50 are allowed',
  },
  {
    fault: 'PutEvents refuses some entries of a call',
    file: 'test/consumers/event-bus.test.ts',
    test: 'only what the bus refused is put again',
  },
  {
    fault: 'PutRecordBatch refuses some records of a call',
    file: 'test/archive/archive-stream.test.ts',
    test: 'only refused records are sent again',
  },
  {
    fault: 'SendEmail is refused',
    file: 'test/consumers/send-mail.test.ts',
    test: 'a mail that is refused is an outcome with its name, for the team to read, and nothing is thrown',
  },
  {
    fault: 'a webhook fails for days',
    file: 'test/consumers/delivery.test.ts',
    test: 'a failed delivery is tried again at growing intervals until it is accepted',
  },
  {
    fault: 'the execution of a workflow is lost',
    file: 'test/long/season/campaign.test.ts',
    test: 'a campaign whose execution was lost goes on from the table',
  },
  {
    fault: 'the connection is lost while an archived object is read',
    file: 'test/archive/archive-in-bucket.test.ts',
    test: 'a truncated object fails, and does not count as short',
  },
  {
    fault: 'a redriven dead letter cannot be removed from its queue',
    file: 'test/api/dead-letters.test.ts',
    test: 'a letter whose removal fails is kept: its work is then done once more, and never lost',
  },
]
