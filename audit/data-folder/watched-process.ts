import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

interface Watch extends Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> {
  /** The signal that ends the program when this process has ended. */
  readonly signal: 'KILL' | 'INT'
}

/**
 * Starts a program that does not outlive this process, not even after kill -9. A watcher process reads a pipe that closes when this
 * process ends. Only the user may read the files that the program makes.
 */
export function spawnWatched(command: readonly string[], { signal, ...user }: Watch): ChildProcess {
  const watched = `umask 077; (read -r line <&3; [ "$line" = ended ] || kill -${signal} $$) & exec "$@" 3<&-`
  const child = spawn('sh', ['-c', watched, 'watched', ...command], {
    ...user,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const pipe = child.stdio[3]
  child.on('exit', () => {
    if (pipe !== null && pipe !== undefined && 'end' in pipe) pipe.end('ended\n')
  })
  return child
}
