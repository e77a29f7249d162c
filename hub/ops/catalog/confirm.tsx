import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useFormat } from '../../use-format.ts'
import type { Published } from './published.ts'

export interface ConfirmProps {
  readonly checked: Published
  readonly review: ReactNode
  readonly error: Error | null
  readonly isPending: boolean
  readonly onBack: () => void
  readonly onConfirm: () => void
}

/** A checked version with its consequences, and its confirmation by the typed version. */
export function Confirm({ checked, review, error, isPending, onBack, onConfirm }: ConfirmProps) {
  const { t } = useTranslation('ops-catalog')
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const { version, effectiveAt, warnings, ends = [] } = checked
  const at = format.instant(effectiveAt)
  const isConfirmed = typed.trim() === version
  const send = () => {
    setTried(true)
    if (!isConfirmed) return
    onConfirm()
  }
  return (
    <>
      <Notice title={t('publish.checked', { version, at })} level={3}>
        <p>{t('publish.final')}</p>
        {warnings.map(({ title, detail }) => (
          <p key={title}>
            <strong>{title}</strong> {detail}
          </p>
        ))}
        {ends.length > 0 && <p>{t('publish.ends', { names: ends.join(', ') })}</p>}
      </Notice>
      {review}
      <Form isPending={isPending} onSubmit={send}>
        {error !== null && <ErrorState error={error} />}
        <TextField
          label={t('publish.confirm', { version })}
          value={typed}
          onChange={setTyped}
          problem={isTried && !isConfirmed ? t('publish.mistyped') : undefined}
          isRequired
        />
        <div className="buttons">
          <Button type="submit" look="danger" isPending={isPending}>
            {t('publish.publish')}
          </Button>
          <Button look="quiet" onPress={onBack}>
            {t('publish.back')}
          </Button>
        </div>
      </Form>
    </>
  )
}
