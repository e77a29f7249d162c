import * as v from 'valibot'
import { addTarget, makeCommand } from '../command-line.ts'
import { CampaignProgress, progressText } from './campaign-text.ts'

const Token = v.object({ token: v.string() })

interface Options {
  readonly url: string
  readonly token?: string
}

/** Prints the progress of a campaign. Returns the exit code. */
async function showCampaign(campaignId: string, { url, token }: Options): Promise<number> {
  try {
    const bearer = token ?? (await localToken(url))
    const path = `/v1/campaigns/${encodeURIComponent(campaignId)}/progress`
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${bearer}` } })
    if (response.status === 404) return fail(`There is no campaign ${campaignId}.`)
    if (!response.ok) return fail(`Tollgate answered ${response.status}: ${await response.text()}`)
    console.log(progressText(v.parse(CampaignProgress, await response.json())))
    return 0
  } catch (cause) {
    return fail(`${url} did not answer: ${cause instanceof Error ? cause.message : cause}`)
  }
}

async function localToken(url: string): Promise<string> {
  const body = JSON.stringify({ scopes: ['ops:admin'] })
  const response = await fetch(`${url}/local/tokens`, { method: 'POST', body })
  return v.parse(Token, await response.json()).token
}

function fail(text: string): number {
  console.error(text)
  return 1
}

const description =
  'Shows the progress of a migration campaign: its steps with the teams they reached, and what is open, by day.'

await addTarget(makeCommand('campaign', description), 'ops:admin')
  .argument('[campaign]', 'id of the campaign', 'aps-2025')
  .addHelpText('after', '\nExit code: 0 when it was shown, 1 when it could not be, 2 for a wrong option.')
  .action(async (campaignId: string, options: Options) => {
    process.exitCode = await showCampaign(campaignId, options)
  })
  .parseAsync()
