import { useTranslation } from 'react-i18next'
import { mcpPath } from '../../../contract/mcp.ts'
import { CodeBlock } from '../../components/code-block.tsx'

/** Shows how an agent connects: the address, and the settings that most clients read. */
export function Agents({ api }: { readonly api: string }) {
  const { t } = useTranslation('integrate')
  const url = `${api}${mcpPath}`
  const headers = { Authorization: `Bearer $\{TOLLGATE_TOKEN}` }
  const settings = { mcpServers: { tollgate: { type: 'http', url, headers } } }
  return (
    <>
      <p>{t('agents.detail')}</p>
      <CodeBlock label={t('agents.settings')} text={JSON.stringify(settings, null, 2)} />
      <p>{t('agents.token')}</p>
    </>
  )
}
