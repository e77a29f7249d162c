import { connect, createServer, type Socket } from 'node:net'

export interface Tripwire {
  readonly port: number
  /** Calls `action` once, before the next bytes from the server reach the client. Those bytes are dropped. */
  arm(action: () => void): void
  disarm(): void
  stop(): void
}

/** A proxy of bytes. A process that is killed by it has a request that took effect, and no answer. */
export async function startTripwire(host: string, targetPort: number): Promise<Tripwire> {
  let armed: (() => void) | undefined
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect({ host, port: targetPort })
    for (const socket of [client, target]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        target.destroy()
      })
    }
    client.pipe(target)
    target.on('data', (chunk: Buffer) => {
      const action = armed
      armed = undefined
      if (action === undefined) client.write(chunk)
      else {
        action()
        client.destroy()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return {
    port: address.port,
    arm: (action) => {
      armed = action
    },
    disarm: () => {
      armed = undefined
    },
    stop: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
