import { Label } from 'react-aria-components/Label'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useFormat } from '../../use-format.ts'
import type { Moved, Moving } from './use-moving.ts'

const tones = { moved: 'good', 'already-there': 'plain', rejected: 'bad' } as const

export interface MoveProgressProps {
  readonly moving: Moving
  readonly nameOf: (appId: string) => string
}

/** The progress of a move, and the result of each app. */
export function MoveProgress({ moving: { total, results, error }, nameOf }: MoveProgressProps) {
  const { t } = useTranslation('apps')
  const format = useFormat()
  if (total === 0) return null
  const share = results.length / total
  return (
    <div className="move-progress">
      <ProgressBar className="progress" value={results.length} maxValue={total}>
        <Label role="status">
          {t('progress.done', { done: format.number(results.length), count: total })}
        </Label>
        <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
          <rect className="track" width="100" height="2" />
          <rect className="bar" width={share * 100} height="2" />
        </svg>
      </ProgressBar>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <ul tabIndex={0} aria-label={t('progress.title')}>
        {results.map((moved) => (
          <Result key={moved.appId} moved={moved} name={nameOf(moved.appId)} />
        ))}
      </ul>
      {error !== null && <ErrorState error={error} />}
    </div>
  )
}

function Result({ moved: { status, problem }, name }: { readonly moved: Moved; readonly name: string }) {
  const { t } = useTranslation('apps')
  return (
    <li>
      <Badge tone={tones[status]}>{t(`moved.${status}`)}</Badge> {name}
      {problem && (
        <small>
          {problem.title}: {problem.detail}
        </small>
      )}
    </li>
  )
}
