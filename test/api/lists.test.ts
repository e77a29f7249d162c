import { testLists } from '../support/wide-lists.ts'

/** A wide team, small enough for every change; `test/long/lists` has a much wider one. */
testLists({
  apps: 350,
  days: 40,
  members: 200,
  months: 130,
  creditNotes: 130,
  meters: 50,
  purchases: 45,
  deliveries: 120,
  events: 300,
  acts: 150,
  teamsOfPerson: 100,
  campaignDays: 400,
})
