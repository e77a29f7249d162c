import pg from 'pg'
import type { Caller, Host, Peer } from './peer.ts'
import { connectionOf } from './postgres-server.ts'

/** Most connections of a pool. More only queue for the same row and the same disk. */
const connectionsMax = 16
const uniqueViolation = '23505'

const tables = `
  CREATE TABLE IF NOT EXISTS balances (team text PRIMARY KEY, paid bigint NOT NULL, units_left bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS events (id text PRIMARY KEY, team text NOT NULL, quantity bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now())`

/** One round trip and one transaction: both take effect, or the call is refused or a repeat. */
const admit = `
  WITH balance AS (
    UPDATE balances SET units_left = units_left - $3 WHERE team = $1 AND units_left >= $3 RETURNING units_left
  )
  INSERT INTO events (id, team, quantity) SELECT $2, $1, $3 FROM balance`

/** Each call updates the team's balance and inserts an event. The event's id makes a repeat harmless. */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'd',
  title: 'PostgreSQL: `UPDATE … RETURNING` and an insert',
  isSql: true,
  fill: async (host, teamIds, units) => {
    const { query } = serverOf(host)
    await query(tables)
    await query('INSERT INTO balances SELECT team, $2, $2 FROM unnest($1::text[]) AS team', [teamIds, units])
  },
  open: async ({ place, quantity, callers }): Promise<Caller> => {
    const pool = new pg.Pool({
      ...connectionOf(place.postgresPort ?? 0),
      max: Math.min(callers, connectionsMax),
    })
    return {
      call: async (teamId, id) => {
        try {
          const { rowCount } = await pool.query({
            name: 'admit',
            text: admit,
            values: [teamId, id, quantity],
          })
          return rowCount === 1
        } catch (error) {
          if (error instanceof pg.DatabaseError && error.code === uniqueViolation) return true
          throw error
        }
      },
      close: () => pool.end(),
    }
  },
  usedOf: async (host, teamId) => {
    const { query } = serverOf(host)
    const [row] = await query(
      `SELECT paid - units_left AS used, (SELECT coalesce(sum(quantity), 0) FROM events WHERE team = $1) AS stored
       FROM balances WHERE team = $1`,
      [teamId],
    )
    if (row?.used !== row?.stored) throw new Error('the events and the balance differ')
    return Number(row?.used)
  },
}

function serverOf({ postgres }: Host) {
  if (postgres === undefined) throw new Error('PostgreSQL is not installed')
  return postgres
}
