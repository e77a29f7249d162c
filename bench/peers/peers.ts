import { peer as callsPeer } from './calls-peer.ts'
import { peer as clientPeer } from './client-peer.ts'
import { peer as limiterPeer } from './limiter-peer.ts'
import type { Peer } from './peer.ts'
import { peer as postgresPeer } from './postgres-peer.ts'
import { peer as transactionPeer } from './transaction-peer.ts'
import { peer as updatePeer } from './update-peer.ts'

/** In the order of the table's rows. */
export const peers: readonly Peer[] = [
  transactionPeer,
  updatePeer,
  limiterPeer,
  postgresPeer,
  callsPeer,
  clientPeer,
]
