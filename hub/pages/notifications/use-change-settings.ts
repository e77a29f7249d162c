import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { isPassing } from '../../api/problem.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { type Settings, settingsOf } from './settings.ts'

/** What the settings become, given what they are. */
export type Change = (before: Settings) => Settings

const retriesMax = 2

/**
 * Settings are sent as a whole. So changes wait for each other, and each is made to what the settings are then: a second click
 * takes nothing back. Another admin's change can only be lost in the moment between reading and writing.
 */
export function useChangeSettings(): UseMutationResult<Notifications, Error, Change> {
  const params = { teamId: useTeamId() }
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    scope: { id: 'notifications' },
    mutationFn: async (change) => {
      const before = await client.call('getNotifications', { params })
      return client.call('putNotifications', { params, body: change(settingsOf(before)) })
    },
    retry: (failures, error) => failures < retriesMax && isPassing(error),
    onSuccess: () => queries.invalidateQueries(),
  })
}
