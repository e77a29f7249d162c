import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../contract/get-offer.ts'
import { languageNow } from '../i18n.ts'
import { useOffer } from '../meters.ts'
import { useOpened } from '../session/session-context.ts'
import { useFormat } from '../use-format.ts'

type CampaignLink = NonNullable<Offer['campaign']>['links'][number]

/** Links to documentation, the description of the API and support, and the places that the campaign names. */
export function Help() {
  const { t } = useTranslation()
  const { config } = useOpened()
  const { data: offer } = useOffer()
  const links = (offer?.campaign?.links ?? []).filter(({ at }) => at === undefined || at > (offer?.at ?? ''))
  return (
    <nav className="help" aria-labelledby="help">
      <h2 id="help">{t('help.title')}</h2>
      <ul>
        <HelpLink text={t('help.docs')} url={config.docsUrl} />
        <HelpLink text={t('help.api')} url={`${config.api}/v1/openapi.json`} />
        <HelpLink text={t('help.support')} url={config.supportUrl} />
        {links.map((link) => (
          <CampaignHelp key={`${link.url} ${link.title.en}`} link={link} />
        ))}
      </ul>
    </nav>
  )
}

function CampaignHelp({ link: { title, url, at } }: { readonly link: CampaignLink }) {
  const format = useFormat()
  const text = title[languageNow()]
  return <HelpLink text={at === undefined ? text : `${text}, ${format.instant(at)}`} url={url} />
}

function HelpLink({ text, url }: { readonly text: string; readonly url: string | undefined }) {
  return url === undefined ? null : (
    <li>
      <a href={url} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    </li>
  )
}
