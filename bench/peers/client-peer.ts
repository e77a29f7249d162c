import { join } from 'node:path'
import { createClient } from '../../client/client.ts'
import { openSpool } from '../../client/spool.ts'
import { pause } from '../../lambdas/runtime/pause.ts'
import type { Caller, Opening, Peer } from './peer.ts'
import { appOf, fillTeams, meter, readCaptured } from './tollgate-teams.ts'

/** Times that a call asks again while Tollgate cannot be reached. */
const triesMax = 20

/** Tollgate's client: calls are decided locally, from leases. Its spool lets a restarted process report the use of the killed one. */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'f',
  title: 'Tollgate with its client',
  isOurs: true,
  // The first lease is as large as the first call, and the second one as usual.
  warmUpCalls: 3,
  fill: fillTeams,
  open,
  usedOf: readCaptured,
}

async function open({ place: { url, token }, quantity, folder }: Opening): Promise<Caller> {
  const client = createClient({ baseUrl: url, token, spool: openSpool(join(folder, 'spool')) })
  return {
    call: async (teamId) => {
      for (let tries = 1; ; tries++) {
        const { decision, ...facts } = await client.allow(appOf(teamId), meter, quantity)
        if (decision !== 'unavailable') return decision === 'allow'
        if (tries === triesMax) throw new Error(`Tollgate cannot be reached: ${JSON.stringify(facts)}`)
        await pause(50)
      }
    },
    close: () => client.close(),
  }
}
