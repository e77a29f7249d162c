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
  /** What takes the place of the answer until it is there, as high as the answer will be. Default: three bars. */
  readonly skeleton?: ReactNode
  /** Whether the answer has nothing to show. Default: never. */
  readonly isEmpty?: (answer: T) => boolean
  /** What is said, and can be done, when there is nothing to show. */
  readonly empty?: ReactNode
  readonly children: (answer: T) => ReactNode
}

/** An answer of the API in all its states: loading, offline, failed, empty, there. What was there once stays. */
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

/** What was answered last when it was no answer: asking again unasked does not take it away, so that nothing flickers. */
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
