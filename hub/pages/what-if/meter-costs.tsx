import { useTranslation } from 'react-i18next'
import type { WhatIfAnswer as WhatIf } from '../../../contract/what-if.ts'
import { daysOf } from '../../../core/time/time.ts'
import { PageLink } from '../../components/page-link.tsx'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

export interface MeterCostsProps {
  readonly found: WhatIf
  /** True: the use is that of a month of the team, and leads to it. */
  readonly isOwnUse: boolean
}

/** The same costs by meter, hidden until they are asked for. */
export function MeterCosts({ found, isOwnUse }: MeterCostsProps) {
  const { t } = useTranslation('what-if')
  const first = found.plans[0]?.meters ?? []
  if (first.length === 0) return null
  return (
    <details className="meter-costs">
      <summary>{t('meters.title')}</summary>
      <Table
        label={t('meters.title')}
        columns={[
          { name: t('meters.meter') },
          { name: t('meters.use'), isNumber: true },
          { name: t('meters.refused'), isNumber: true },
          { name: t('meters.units'), isNumber: true },
          { name: t('meters.tokens'), isNumber: true },
          { name: t('meters.money'), isNumber: true },
          { name: t('meters.remainder'), isNumber: true },
          { name: t('meters.before'), isNumber: true },
        ]}
      >
        {first.map(({ meter }) => (
          <MeterRow key={meter} meter={meter} found={found} isOwnUse={isOwnUse} />
        ))}
      </Table>
      <small>{t('meters.remainderMeaning')}</small>
    </details>
  )
}

function MeterRow({ meter, found, isOwnUse }: MeterCostsProps & { readonly meter: string }) {
  const { t } = useTranslation('what-if')
  const names = useMeters()
  const format = useFormat()
  const rowOf = (plan: string) =>
    found.plans.find((other) => other.plan === plan)?.meters.find((row) => row.meter === meter)
  const [free, flex, money] = [rowOf('free'), rowOf('flex'), rowOf('pay-as-you-go')]
  const before = found.before.meters.find((row) => row.meter === meter)
  const use = names.quantity(meter, free?.quantity ?? 0)
  const units = flex?.units ?? money?.units
  const days = daysOf(found.month)
  return (
    <tr>
      <th scope="row">{names.name(meter)}</th>
      <td className="number">
        {isOwnUse ? (
          <PageLink page="usage" query={{ ...days, meter }}>
            {use}
          </PageLink>
        ) : (
          use
        )}
        {(flex?.included ?? 0) > 0 && (
          <small> {t('meters.included', { quantity: names.quantity(meter, flex?.included ?? 0) })}</small>
        )}
      </td>
      <td className="number">{free?.refused ? names.quantity(meter, free.refused) : '–'}</td>
      <td className="number">{units === undefined ? '–' : format.number(units)}</td>
      <td className="number">{flex === undefined ? '–' : format.tokens(flex.tokens)}</td>
      <td className="number">{money?.usdCents === undefined ? '–' : format.usd(money.usdCents)}</td>
      <td className="number">{flex?.remainder ? names.quantity(meter, flex.remainder) : '–'}</td>
      <td className="number">{format.tokens(before?.tokens ?? 0)}</td>
    </tr>
  )
}
