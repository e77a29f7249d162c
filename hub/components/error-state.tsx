import { useTranslation } from 'react-i18next'
import { isPassing, Problem, Unreachable } from '../api/problem.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

export interface ErrorStateProps {
  readonly error: unknown
  /** Called by the retry button, which is shown if the same request may succeed later. */
  readonly onRetry?: () => void
}

/** Shows an error, in the API's own words if it has some, and what to do. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  const { title, detail, resolve, requestId } = useWords(error)
  const mayHelp = !(error instanceof Problem) || isPassing(error)
  return (
    <Notice title={title} tone="bad" isUrgent>
      <p>{detail}</p>
      {resolve !== undefined && <p>{resolve}</p>}
      {onRetry !== undefined && mayHelp && <Button onPress={onRetry}>{t('states.retry')}</Button>}
      {requestId !== undefined && <small>{t('states.requestId', { requestId })}</small>}
    </Notice>
  )
}

function useWords(error: unknown): Pick<Problem, 'title' | 'detail' | 'resolve' | 'requestId'> {
  const { t } = useTranslation()
  if (error instanceof Problem) return error
  const [title, detail] =
    error instanceof Unreachable
      ? [t('states.unreachable.title'), t('states.unreachable.detail')]
      : [t('states.failed.title'), t('states.failed.detail')]
  return { title, detail, resolve: undefined, requestId: undefined }
}
