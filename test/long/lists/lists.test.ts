import { testLists } from '../../support/wide-lists.ts'

/** A team with 2,000 apps, and with as much of everything else as the documents allow. */
testLists({
  apps: 2_000,
  days: 100,
  members: 200,
  months: 130,
  creditNotes: 400,
  meters: 100,
  purchases: 90,
  deliveries: 1_000,
  events: 3_100,
  acts: 2_000,
  teamsOfPerson: 100,
  campaignDays: 400,
})
