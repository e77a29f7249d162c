import { type ChildProcess, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { spawnWatched } from '../../audit/data-folder/watched-process.ts'
import { freePort } from '../../test/support/child-runtime.ts'

const readySecondsMax = 30
/** Id of the user `nobody`. PostgreSQL refuses to run as root. */
const nobody = 65_534

export interface PostgresServer {
  readonly port: number
  /** Such as `15.18`. */
  readonly version: string
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  stop(): Promise<void>
}

/** Debian does not put the server's programs on the path. */
const debianFolder = '/usr/lib/postgresql'

/**
 * Starts PostgreSQL with its default settings on an empty temporary folder. Returns undefined where it is not
 * installed.
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const programs = findPrograms()
  if (programs === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-postgres-'))
  const isRoot = userInfo().uid === 0
  if (isRoot) chownSync(folder, nobody, nobody)
  const user = { cwd: folder, ...(isRoot && { uid: nobody, gid: nobody }) }
  const dataDir = join(folder, 'data')
  const settings = ['-D', dataDir, '-A', 'trust', '-U', 'bench', '-E', 'UTF8']
  const made = spawnSync(join(programs, 'initdb'), settings, { ...user, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const options = ['-D', dataDir, '-p', String(port), '-c', `unix_socket_directories=${folder}`]
  const server = spawnWatched([join(programs, 'postgres'), ...options], { ...user, signal: 'INT' })
  const pool = new pg.Pool({ ...connectionOf(port), max: 2 })
  pool.on('error', () => {})
  await untilReady(pool, server)
  const query: PostgresServer['query'] = async (text, values = []) =>
    (await pool.query(text, [...values])).rows
  const [row] = await query('SHOW server_version')
  return {
    port,
    version: String(row?.server_version).split(' ', 1)[0] ?? '',
    query,
    stop: async () => {
      await pool.end()
      const ended = once(server, 'exit')
      // A fast shutdown: it does not wait for clients.
      if (server.exitCode === null && server.kill('SIGINT')) await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The folder of the server's programs; empty where they are on the path. */
function findPrograms(): string | undefined {
  if (spawnSync('initdb', ['--version']).status === 0) return ''
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : []
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(debianFolder, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
}

export const connectionOf = (port: number) => ({
  host: '127.0.0.1',
  port,
  user: 'bench',
  database: 'postgres',
})

async function untilReady(pool: pg.Pool, server: ChildProcess): Promise<void> {
  for (let waited = 0; waited < readySecondsMax * 1_000 && server.exitCode === null; waited += 50) {
    const isUp = await pool.query('SELECT 1').then(
      () => true,
      () => false,
    )
    if (isUp) return
    await sleep(50)
  }
  server.kill('SIGKILL')
  throw new Error(`PostgreSQL did not start (exit code ${server.exitCode})`)
}
