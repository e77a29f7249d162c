import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import '../../components/field.css'

export interface JsonFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** JSON as text: typed, pasted, or read from a file. */
export function JsonField({ label, value, onChange }: JsonFieldProps) {
  const { t } = useTranslation('ops-catalog')
  const [textId, fileId] = [useId(), useId()]
  const read = (file: File | undefined) => void file?.text().then(onChange)
  return (
    <div className="field json-field">
      <label className="react-aria-Label" htmlFor={textId}>
        {label}
      </label>
      <textarea
        id={textId}
        rows={12}
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <label className="hint" htmlFor={fileId}>
        {t('publish.file')}
      </label>
      <input
        id={fileId}
        type="file"
        accept="application/json"
        onChange={({ target }) => read(target.files?.[0])}
      />
    </div>
  )
}

/** Returns the JSON of a text, or undefined if it is none or only a plain value. The service checks its fields. */
// biome-ignore lint/suspicious/noExplicitAny: the service checks what it is sent
export function objectIn(text: string): any {
  try {
    const json = JSON.parse(text)
    return typeof json === 'object' && json !== null ? json : undefined
  } catch {
    return undefined
  }
}
