import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Instant } from '../../components/instant.tsx'
import { Table } from '../../components/table.tsx'

export interface PublicationsProps {
  readonly publications: Answer<'getRateCard'>['publications']
}

/** All versions of a kind, with the operator who published each, the time and the reason. */
export function Publications({ publications }: PublicationsProps) {
  const { t } = useTranslation('ops-catalog')
  const columns = [
    { name: t('versions.version') },
    { name: t('versions.from') },
    { name: t('versions.published') },
    { name: t('versions.by') },
    { name: t('versions.reason') },
  ]
  return (
    <details>
      <summary>{t('versions.title', { count: publications.length })}</summary>
      <Table label={t('versions.title', { count: publications.length })} columns={columns}>
        {publications.map(({ version, effectiveAt, publishedAt, actor, reason }) => (
          <tr key={version}>
            <th scope="row" className="id">
              {version}
            </th>
            <td>
              <Instant at={effectiveAt} />
            </td>
            <td>{publishedAt === undefined ? t('versions.launch') : <Instant at={publishedAt} />}</td>
            <td className="id">{actor?.subject ?? '–'}</td>
            <td>{reason ?? '–'}</td>
          </tr>
        ))}
      </Table>
    </details>
  )
}
