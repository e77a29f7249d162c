import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { Frame } from '../../layout/frame.tsx'
import { Who } from '../../layout/who.tsx'
import { consolePages, consolePathOf } from '../paths.ts'
import { useRefresh } from '../use-refresh.ts'

/** The frame of the console's own pages. */
export function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('ops')
  useRefresh()
  return (
    <Frame
      home={consolePathOf('teams')}
      heading={
        <div className="team">
          <strong>{t('title')}</strong>
        </div>
      }
      who={
        <Who>
          <Badge>{t('operator')}</Badge>
        </Who>
      }
      links={consolePages.map((page) => ({
        href: consolePathOf(page),
        text: t(`page.${page}`),
        hasPagesBelow: true,
      }))}
    >
      {children}
    </Frame>
  )
}
