import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../components/button.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { consolePathOf } from '../paths.ts'

/** For a path of the console that leads nowhere. */
export function NothingHere() {
  const { t } = useTranslation('ops')
  return (
    <>
      <PageHeading title={t('nothing.title')} />
      <p>{t('nothing.detail')}</p>
      <LinkButton href={consolePathOf('teams')}>{t('nothing.toTeams')}</LinkButton>
    </>
  )
}
