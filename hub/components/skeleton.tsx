import { useTranslation } from 'react-i18next'
import './skeleton.css'

/** Grey bars in place of text. Choose `lines` so that the page does not move when the answer arrives. */
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

/** For a page that is still loading: nothing for a moment, then bars. */
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
