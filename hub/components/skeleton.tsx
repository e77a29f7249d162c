import { useTranslation } from 'react-i18next'
import './skeleton.css'

/** Grey bars where text will be. `lines`: how many; give it what keeps the page from moving when the answer comes. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="skeleton" role="status" aria-label={t('states.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <span key={line} />
      ))}
    </div>
  )
}

/** While the page itself is loading: nothing for a moment, then bars. */
export function PageSkeleton() {
  return (
    <div className="page-skeleton" aria-hidden="true">
      <div className="skeleton">
        <span />
        <span />
        <span />
      </div>
    </div>
  )
}
