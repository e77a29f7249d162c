import type { App } from '../../core/migration/compliance.ts'
import { registerApp } from '../../core/migration/register-app.ts'
import type { Refusal } from '../../core/refusal.ts'
import { Busy } from '../runtime/busy.ts'
import type { Clock } from '../runtime/clock.ts'
import { currentActor } from '../runtime/invocation.ts'
import { jitteredPause } from '../runtime/pause.ts'
import type { AppStore } from './apps.ts'
import type { Write } from './commit.ts'
import { noting } from './noting.ts'
import { isWritten, type Table } from './table.ts'
import { readVersions } from './versions.ts'

/** Registrations of one team's apps count in one item: parallel ones wait for each other, for seconds at most. */
const roundsMax = 20
const pauseMs = 10
const pauseMaxMs = 300

interface RegistrationParts {
  readonly table: Table
  readonly clock: Clock
  readonly apps: Pick<AppStore, 'read' | 'registering'>
}

/** Registers apps, and notes who did it. Functions that only read apps do not load this. */
export class AppRegistration {
  private readonly parts: RegistrationParts

  constructor(parts: RegistrationParts) {
    this.parts = parts
  }

  /** Registers an app, or changes its name. A remembered name may be old, so the app is read. Throws Busy when others change it for too long. */
  async register(asked: Omit<App, 'isInHub'>, reason?: string): Promise<App | Refusal> {
    const { table, apps } = this.parts
    for (let round = 0; round < roundsMax; round++) {
      const today = await apps.read(asked.appId)
      const registered = registerApp(today, asked)
      if ('refused' in registered || today?.name === asked.name) return registered
      const notes = await this.noting(registered, today, reason)
      const TransactItems = [...apps.registering(registered), ...notes]
      if (await isWritten(table.send('TransactWriteItems', { TransactItems }))) return registered
      await jitteredPause(Math.min(pauseMaxMs, pauseMs * 2 ** round))
    }
    throw new Busy()
  }

  /** Its place is the number of the change, so that two changes in one millisecond have two places. */
  private async noting(
    { teamId, appId, name }: App,
    today: App | undefined,
    reason?: string,
  ): Promise<readonly Write[]> {
    const actor = currentActor()
    if (actor === undefined) return []
    const { table } = this.parts
    const { setup } = await readVersions(table, teamId)
    const activity = {
      at: this.parts.clock.now(),
      kind: today === undefined ? 'app-registered' : 'app-renamed',
      targetId: appId,
      name,
      ...(reason !== undefined && { reason }),
    } as const
    return noting(table, { teamId, item: 'apps', revision: setup + 1, activity }, actor)
  }
}
