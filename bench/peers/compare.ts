import { startHost } from './host.ts'
import { measureExhaustion } from './measure-exhaustion.ts'
import { measureKills } from './measure-kills.ts'
import { measureRates } from './measure-rates.ts'
import type { Peer } from './peer.ts'
import type { Comparison, Row } from './report.ts'
import type { Scale } from './scale.ts'

/** Measures each peer, one after the other, on one engine. Stops everything that it has started. */
export async function comparePeers(
  peers: readonly Peer[],
  scale: Scale,
  tell: (line: string) => void,
): Promise<Comparison> {
  const host = await startHost()
  try {
    const rows: Row[] = []
    for (const peer of peers) {
      tell(`${peer.letter}. ${peer.title} …`)
      if (peer.isSql === true && host.postgres === undefined) {
        rows.push({ peer })
        continue
      }
      const rates = await measureRates(host, peer, scale)
      const exhaustion = await measureExhaustion(host, peer, scale)
      const kills = await measureKills(host, peer, scale.kills)
      rows.push({ peer, measured: { rates, exhaustion, kills } })
    }
    return { rows, scale, postgresVersion: host.postgres?.version }
  } finally {
    await host.stop()
  }
}
