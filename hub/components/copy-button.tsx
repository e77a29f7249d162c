import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'

export interface CopyButtonProps {
  readonly text: string
  /** A name of the text, for screen readers: which of several buttons this is. */
  readonly label: string
}

const shownMilliseconds = 4_000

/** Copies a text. For some seconds after that, its name says that the text was copied. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'copy' | 'copied' | 'failed'>('copy')
  useEffect(() => {
    if (state === 'copy') return undefined
    const timer = setTimeout(() => setState('copy'), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    try {
      // Absent where the page is not served securely.
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return (
    <span className="copy">
      <Button look="quiet" onPress={() => void copy()} aria-label={`${t(`copy.${state}`)}: ${label}`}>
        {t(`copy.${state}`)}
      </Button>
      <span className="visually-hidden" role="status">
        {state === 'copy' ? '' : t(`copy.${state}`)}
      </span>
    </span>
  )
}
