import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'

export interface RemovalProps {
  /** The question, which names the address. */
  readonly title: string
  /** Its consequence. */
  readonly detail: string
  readonly isPending: boolean
  readonly error: unknown
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** Asks before an address is removed. The dialog stays open until the removal is done, and shows an error. */
export function Removal({ title, detail, isPending, error, onRemove, onClose }: RemovalProps) {
  const { t } = useTranslation('notifications')
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <p>{detail}</p>
      {error !== null && <ErrorState error={error} />}
      <div className="buttons">
        <Button look="danger" onPress={onRemove} isPending={isPending}>
          {t('removal.remove')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {t('removal.keep')}
        </Button>
      </div>
    </Dialog>
  )
}
