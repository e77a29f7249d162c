import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { isPassing, isStale } from '../../api/problem.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { type Settings, settingsOf } from './settings.ts'

/** Returns the new settings from the current ones. */
export type Change = (before: Settings) => Settings

const retriesMax = 2

/**
 * Changes the settings, which are sent as a whole. Changes wait for each other, and each applies to the settings at that
 * time, so a second click does not revert the first. A change by another admin in between is not overwritten: the settings
 * are read again.
 */
export function useChangeSettings(): UseMutationResult<Notifications, Error, Change> {
  const params = { teamId: useTeamId() }
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    scope: { id: 'notifications' },
    mutationFn: async (change) => {
      const { answer, etag } = await client.read('getNotifications', { params })
      const body = change(settingsOf(answer))
      return client.call('putNotifications', { params, body, ifMatch: etag })
    },
    retry: (failures, error) => failures < retriesMax && (isPassing(error) || isStale(error)),
    onSuccess: () => queries.invalidateQueries(),
  })
}
