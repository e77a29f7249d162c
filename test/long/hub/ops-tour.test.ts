import { expect, onTestFinished, test } from 'vitest'
import { type Hub, openHub, settled } from '../../support/browser.ts'
import { namesIn, tour, tourStart } from '../../support/console-tour.ts'

/* The tour of the README, as an operator takes it: by clicks and keys, on a fresh start with the sample data. */

async function takeTour(hub: Hub, language: 'en' | 'ja'): Promise<void> {
  const page = await hub.visitConsole('/ops', { language })
  await settled(page)
  for (const { go } of tour) await go(page, namesIn(language))
}

test.for(['en', 'ja'] as const)(
  'the tour takes a wrong use back and moves the deadline, in %s',
  async (language) => {
    const hub = await openHub({ clockStart: tourStart })
    onTestFinished(() => hub.stop())
    const due = async () => {
      const { dues } = await hub.call('hub:tanager-civil', 'GET', '/v1/teams/tanager-civil/balance')
      return dues
    }
    const decide = async (authorizationId: string) => {
      const asked = { authorizationId, appId: 'miyako-prototype', meter: 'automation-autocad', quantity: 1 }
      return (await hub.call('meter', 'POST', '/v1/authorizations', asked)).decision
    }
    expect(await due()).toMatchObject([{ usdCents: 184_500 }])
    expect(await decide('before')).toBe('deny')
    await takeTour(hub, language)
    expect(await due()).toMatchObject([{ usdCents: 4_500 }])
    expect(await decide('after')).toBe('allow')
    expect(hub.faults).toEqual([])
  },
)
