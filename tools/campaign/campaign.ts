import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { CampaignProgress, progressText } from './campaign-text.ts'

const help = `Shows how far a migration campaign has come: its steps with whom they met, and what is open, by day.

  npm run campaign -- [CAMPAIGN] [options]

  CAMPAIGN       default aps-2025
  --url URL      where Tollgate listens (default http://127.0.0.1:8787)
  --token TOKEN  a bearer token with scope ops:admin; without it the local issuer is asked for one

Exit code: 0 when it was shown, 1 when it could not be, 2 for a wrong option.`

const Token = v.object({ token: v.string() })

function settings() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8787' },
      token: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (positionals.length > 1) throw new Error('One CAMPAIGN at a time')
  const { help, token, url } = values
  return { help, token, url: url.replace(/\/+$/, ''), campaignId: positionals[0] ?? 'aps-2025' }
}

async function main(): Promise<number> {
  const chosen = parsedSettings()
  if (typeof chosen === 'string') return complain(2, `${chosen} (--help explains the options)`)
  if (chosen.help) {
    console.log(help)
    return 0
  }
  try {
    const { url, campaignId } = chosen
    const token = chosen.token ?? (await localToken(url))
    const path = `/v1/campaigns/${encodeURIComponent(campaignId)}/progress`
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (response.status === 404) return complain(1, `There is no campaign ${campaignId}.`)
    if (!response.ok) return complain(1, `Tollgate answered ${response.status}: ${await response.text()}`)
    console.log(progressText(v.parse(CampaignProgress, await response.json())))
    return 0
  } catch (cause) {
    return complain(1, `${chosen.url} did not answer: ${cause instanceof Error ? cause.message : cause}`)
  }
}

function parsedSettings(): ReturnType<typeof settings> | string {
  try {
    return settings()
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

async function localToken(url: string): Promise<string> {
  const body = JSON.stringify({ scopes: ['ops:admin'] })
  const response = await fetch(`${url}/local/tokens`, { method: 'POST', body })
  return v.parse(Token, await response.json()).token
}

function complain(code: number, text: string): number {
  console.error(text)
  return code
}

process.exitCode = await main()
