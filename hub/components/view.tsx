import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './error-state.tsx'
import { Notice } from './notice.tsx'
import { Skeleton } from './skeleton.tsx'

export interface ViewProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'fetchStatus'> & {
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
  const { data, error, fetchStatus, refetch } = query
  if (data !== undefined) return isEmpty?.(data) ? empty : children(data)
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (fetchStatus === 'paused') return <Offline />
  return skeleton ?? <Skeleton />
}

function Offline() {
  const { t } = useTranslation()
  return (
    <Notice title={t('states.offline.title')} tone="warn" isUrgent>
      <p>{t('states.offline.detail')}</p>
    </Notice>
  )
}
