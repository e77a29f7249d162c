import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../components/button.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'

/** A link to the daily usage. */
export function UsageLink() {
  const { t } = useTranslation('overview')
  return <LinkButton href={pathOf(useTeamId(), 'usage')}>{t('toUsage')}</LinkButton>
}
