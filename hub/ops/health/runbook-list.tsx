import { useTranslation } from 'react-i18next'
import { alarmNames } from './alarm-names.ts'
import { RunbookLink } from './runbook-link.tsx'

/** Every alarm with its section of the runbook. */
export function RunbookList({ runbookUrl }: { readonly runbookUrl: string | undefined }) {
  const { t } = useTranslation('ops-health')
  return (
    <>
      <p>{runbookUrl === undefined ? t('runbook.inProject') : t('runbook.detail')}</p>
      <details>
        <summary>{t('runbook.show', { count: alarmNames.length })}</summary>
        <dl className="runbook">
          {alarmNames.map((name) => (
            <div key={name}>
              <dt>{t(`alarm.${name}`)}</dt>
              <dd>
                <RunbookLink section={name} runbookUrl={runbookUrl} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
