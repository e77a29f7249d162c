import { useTranslation } from 'react-i18next'
import { useSignedIn } from '../session/session-context.ts'

/** Links to documentation, the description of the API and support. */
export function Help() {
  const { t } = useTranslation()
  const { config } = useSignedIn()
  const links = [
    { text: t('help.docs'), url: config.docsUrl },
    { text: t('help.api'), url: `${config.api}/v1/openapi.json` },
    { text: t('help.support'), url: config.supportUrl },
  ]
  return (
    <nav className="help" aria-labelledby="help">
      <h2 id="help">{t('help.title')}</h2>
      <ul>
        {links.map(
          ({ text, url }) =>
            url !== undefined && (
              <li key={url}>
                <a href={url} target="_blank" rel="noopener noreferrer">
                  {text}
                </a>
              </li>
            ),
        )}
      </ul>
    </nav>
  )
}
