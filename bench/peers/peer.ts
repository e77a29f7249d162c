import type { Table } from '../../lambdas/store/table.ts'
import type { PostgresServer } from './postgres-server.ts'

/** Addresses of everything that a process with callers may call. */
export interface Place {
  /** The DynamoDB engine. */
  readonly endpoint: string
  /** Tollgate's API on the same engine, with a token for services. */
  readonly url: string
  readonly token: string
  /** Absent where PostgreSQL is not installed. */
  readonly postgresPort?: number
}

/** The process that fills and reads the stores. */
export interface Host {
  readonly place: Place
  /** Tollgate's table. */
  readonly table: Table
  /** Absent where PostgreSQL is not installed. */
  readonly postgres?: PostgresServer
}

/** Settings that all callers of a run share. */
export interface Opening {
  readonly place: Place
  /** Units of each call. */
  readonly quantity: number
  /** Units that each team has paid for. */
  readonly units: number
  /** Calls at the same time, which sizes the pool of connections. */
  readonly callers: number
  /** A folder for files that survive the process; it may not exist yet. */
  readonly folder: string
}

export interface Caller {
  /** Admits and counts one call of a team. False for a refused call. A repeat of a call has the same id. */
  call(teamId: string, id: string): Promise<boolean>
  /** Reports what is still open and closes all connections. */
  close(): Promise<void>
}

/** One way to admit and count the calls of teams that pay in advance. */
export interface Peer {
  /** URL of the module that exports it as `peer`, so that another process can load it. */
  readonly module: string
  /** Letter of the row. */
  readonly letter: string
  readonly title: string
  /** True for a peer that needs PostgreSQL. */
  readonly isSql?: boolean
  /** True for Tollgate itself, whose requests go through API Gateway and Lambda. */
  readonly isOurs?: boolean
  /** Calls of each team before its calls are measured. None without it. */
  readonly warmUpCalls?: number
  /** Creates teams that each have paid for `units`. */
  fill(host: Host, teamIds: readonly string[], units: number): Promise<void>
  open(opening: Opening): Promise<Caller>
  /** Units of a team that the store has counted. */
  usedOf(host: Host, teamId: string): Promise<number>
}
