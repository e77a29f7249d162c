/*
 * The archive's lines as Athena sees them: only the columns that queries use. Other fields of an entry stay in the
 * objects, and a column can be added at any time. Names are in lower case in Athena. Amounts are integers: tokens in
 * thousandths (millitokens), money in US cents, quantities in base units, instants in milliseconds since 1970.
 */

/** The archive's names in Athena, by stage. */
export const archiveNames = (stage: string) => ({
  workGroup: `tollgate-${stage}`,
  database: `tollgate_${stage.replaceAll('-', '_')}`,
})
export const entriesTable = 'entries'

const charge =
  'struct<source:string,meter:string,units:bigint,millitokens:bigint,usdcents:bigint,period:string,' +
  'lots:array<struct<lotid:string,millitokens:bigint>>,millitokensperunit:bigint,usdcentsperunit:bigint>'

export const entryColumns: readonly { readonly name: string; readonly type: string }[] = [
  { name: 'teamid', type: 'string' },
  { name: 'version', type: 'bigint' },
  { name: 'at', type: 'bigint' },
  { name: 'kind', type: 'string' },
  {
    name: 'usage',
    type:
      'struct<appid:string,meter:string,quantity:bigint,funding:string,period:string,unitsize:bigint,' +
      `charges:array<${charge}>>`,
  },
  { name: 'paidshortfall', type: `array<${charge}>` },
  // The name of the same field in entries of version 1.
  { name: 'settled', type: `array<${charge}>` },
  {
    name: 'authorization',
    type:
      'struct<authorizationid:string,appid:string,meter:string,quantity:bigint,used:bigint,held:bigint,' +
      'closed:boolean,sequence:bigint>',
  },
  { name: 'source', type: 'string' },
  { name: 'id', type: 'string' },
  { name: 'time', type: 'bigint' },
  { name: 'islate', type: 'boolean' },
  { name: 'isoverrun', type: 'boolean' },
  { name: 'lot', type: 'struct<lotid:string,millitokens:bigint,purchasedat:bigint,expiresat:bigint>' },
  { name: 'lotid', type: 'string' },
  { name: 'millitokens', type: 'bigint' },
  { name: 'purchaseid', type: 'string' },
  { name: 'tokens', type: 'bigint' },
  { name: 'period', type: 'string' },
  {
    name: 'lines',
    type: 'array<struct<meter:string,units:bigint,usdcents:bigint,lateunits:bigint>>',
  },
  { name: 'usdcents', type: 'bigint' },
  { name: 'creditusdcents', type: 'bigint' },
]

interface SavedQuery {
  readonly description: string
  readonly sql: string
}

// An entry that was archived twice counts once.
const once = (table: string, where: string) =>
  `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY teamid, version ORDER BY day) AS copy
  FROM ${table} WHERE ${where}) WHERE copy = 1`

// Delivery follows within the hour. A week covers an archive that was behind.
const ofMonth = `teamid = 'acme'
  AND day BETWEEN '2026-01-01' AND '2026-02-07'
  AND "at" >= CAST(to_unixtime(timestamp '2026-01-01 00:00:00 UTC') * 1000 AS bigint)
  AND "at" < CAST(to_unixtime(timestamp '2026-02-01 00:00:00 UTC') * 1000 AS bigint)`

const lastDays = `day >= date_format(current_date - interval '2' day, '%Y-%m-%d')`

/** Example queries; replace team and month. */
export function savedQueries(table: string): Readonly<Record<string, SavedQuery>> {
  return {
    EntriesOfTeamInMonth: {
      description: 'The entries of a team in a month, in order',
      sql: `SELECT * FROM (${once(table, ofMonth)}) ORDER BY version`,
    },
    ChargesOfTeamInMonth: {
      description: 'What a team was charged in a month, by meter and source',
      sql: `WITH entries AS (${once(table, ofMonth)}),
charges AS (SELECT c FROM entries
  CROSS JOIN UNNEST(concat(coalesce(usage.charges, ARRAY[]), coalesce(paidshortfall, settled, ARRAY[]))) AS t (c))
SELECT c.meter, c.source, sum(c.units) AS units, sum(c.millitokens) AS millitokens, sum(c.usdcents) AS usdcents
FROM charges GROUP BY c.meter, c.source ORDER BY c.meter, c.source`,
    },
    // A charge is in the usage that it pays, or in a later entry that settles the usage.
    ShortfallOfTeams: {
      description: 'What was used in the last two days and nobody could pay, by team, app and meter',
      sql: `WITH entries AS (${once(table, lastDays)}),
charges AS (SELECT teamid, usage.appid AS appid, c FROM entries
  CROSS JOIN UNNEST(coalesce(usage.charges, ARRAY[])) AS t (c))
SELECT teamid, appid, c.meter, sum(c.units) AS units
FROM charges WHERE c.source = 'shortfall'
GROUP BY teamid, appid, c.meter ORDER BY units DESC LIMIT 50`,
    },
    LastVersionOfTeams: {
      description: 'How far each team is archived; a count below the version means that entries are missing',
      sql: `SELECT teamid, max(version) AS version, count(DISTINCT version) AS entries
FROM ${table} GROUP BY teamid ORDER BY teamid`,
    },
  }
}
