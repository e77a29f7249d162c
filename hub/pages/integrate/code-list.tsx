import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import type { ListedCode } from './refusal-codes.ts'

export interface CodeListProps {
  readonly label: string
  readonly codes: readonly ListedCode[]
}

/** Codes in their order. The id of each is the code itself, so that a link can lead to it. */
export function CodeList({ label, codes }: CodeListProps) {
  const { t } = useTranslation('integrate')
  return (
    <ol className="codes" aria-label={label}>
      {codes.map(({ code, status, title, detail, resolve }) => (
        <li key={code} id={code} tabIndex={-1}>
          <p className="code-name">
            <code>{code}</code> <Badge>{t('codes.status', { status })}</Badge>
          </p>
          <div className="code-meaning">
            <p>
              <strong>{title}</strong>
            </p>
            <p>{detail}</p>
            {resolve !== undefined && <p>{t('codes.resolve', { resolve })}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
