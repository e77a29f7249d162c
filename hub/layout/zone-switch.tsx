import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { chooseZone, localTimeZone, useZone } from '../time-zone.ts'

/** Shows all times in UTC, or in local time again. It is absent where both are the same. */
export function ZoneSwitch() {
  const { t } = useTranslation()
  const zone = useZone()
  const other = zone === 'utc' ? 'local' : 'utc'
  if (/^(Etc\/)?(UTC|GMT|UCT|Zulu)$/.test(localTimeZone())) return null
  return (
    <Button look="quiet" onPress={() => chooseZone(other)}>
      {t(`header.zone.${other}`)}
    </Button>
  )
}
