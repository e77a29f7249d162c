import { useTranslation } from 'react-i18next'
import { pathOf } from '../paths.ts'
import { useTeamId } from '../session/session-context.ts'
import { LinkButton } from './button.tsx'
import { PageHeading } from './page-heading.tsx'

/** For a page that does not exist, and for a page of another team, which must look the same. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeading title={t('notFound.title')} />
      <p>{t('notFound.detail')}</p>
      <LinkButton href={pathOf(useTeamId(), 'overview')}>{t('notFound.toOverview')}</LinkButton>
    </>
  )
}
