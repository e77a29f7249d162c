import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './error-state.tsx'
import { Notice } from './notice.tsx'
import { Skeleton } from './skeleton.tsx'

export interface ViewProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'errorUpdateCount' | 'fetchStatus'> & {
    readonly refetch: () => unknown
  }
  /** Placeholder until the answer arrives, with the same height. Default: three bars. */
  readonly skeleton?: ReactNode
  /** Returns true if the answer has nothing to show. Default: never. */
  readonly isEmpty?: (answer: T) => boolean
  /** Shown instead of an empty answer: a text, and what to do. */
  readonly empty?: ReactNode
  readonly children: (answer: T) => ReactNode
}

/**
 * Shows an answer of the API in all its states: loading, offline, failed, empty or loaded. A loaded answer stays
 * visible.
 */
export function View<T>({ query, skeleton, isEmpty, empty, children }: ViewProps<T>) {
  const { data, fetchStatus, refetch } = query
  const [failure, setFailure] = useFailure(query)
  if (data !== undefined) return isEmpty?.(data) ? empty : children(data)
  const retry = () => {
    setFailure(null)
    void refetch()
  }
  if (failure !== null) return <ErrorState error={failure} onRetry={retry} />
  if (fetchStatus === 'paused') return <Offline />
  return skeleton ?? <Skeleton />
}

/** The last error. A background retry does not clear it, so that the page does not flicker. */
function useFailure({ error, errorUpdateCount }: Pick<UseQueryResult, 'error' | 'errorUpdateCount'>) {
  const [last, setLast] = useState({ error, errorUpdateCount })
  const isNew = errorUpdateCount !== last.errorUpdateCount && (error !== null || errorUpdateCount === 0)
  if (isNew) setLast({ error, errorUpdateCount })
  const setFailure = (cleared: null) => setLast({ error: cleared, errorUpdateCount })
  return [isNew ? error : last.error, setFailure] as const
}

function Offline() {
  const { t } = useTranslation()
  return (
    <Notice title={t('states.offline.title')} tone="warn" isUrgent>
      <p>{t('states.offline.detail')}</p>
    </Notice>
  )
}
