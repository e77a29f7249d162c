import { useTranslation } from 'react-i18next'
import { DownloadButton } from '../../components/download-button.tsx'
import { useRole, useTeamId } from '../../session/session-context.ts'
import type { Range } from './usage-range.ts'

/** The charges of the months of a range for finance tools. Only admins see money. */
export function FocusExport({ range }: { readonly range: Range }) {
  const { t } = useTranslation('usage')
  const teamId = useTeamId()
  const isAdmin = useRole() === 'admin'
  if (!isAdmin) return null
  const [from, to] = [range.from.slice(0, 7), range.to.slice(0, 7)]
  return (
    <div className="csv">
      <DownloadButton
        label={t('focus.download')}
        call="getFocusExport"
        given={{ params: { teamId }, query: { from, to } }}
        type="text/csv"
        fileName={`focus-${teamId}-${from}-${to}.csv`}
      />
      <small>{t('focus.what')}</small>
    </div>
  )
}
