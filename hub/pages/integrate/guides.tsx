import { useTranslation } from 'react-i18next'

const names = ['mcp', 'quotes', 'budgets', 'focus'] as const

/** Links to the pages of documentation that come with this page. Each shows a real exchange. */
export function Guides() {
  const { t } = useTranslation('integrate')
  return (
    <ul className="guides" aria-label={t('guides.title')}>
      {names.map((name) => (
        <li key={name}>
          <a href={`/docs/${name}.html`} target="_blank" rel="noopener noreferrer" hrefLang="en">
            {t(`guides.${name}`)}
          </a>
        </li>
      ))}
    </ul>
  )
}
