import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../use-format.ts'
import { teamPathOf } from '../paths.ts'
import type { MoneyRow, useMoney } from './use-money.ts'

/** The team of a row, as the heading of its line. */
export function TeamCell({ row }: { readonly row: MoneyRow }) {
  return (
    <th scope="row">
      <Link href={teamPathOf(row.teamId)}>{row.name}</Link>
      <small className="id">{row.teamId}</small>
    </th>
  )
}

/** The amount of a row, in money or tokens. */
export function AmountCell({ row: { usdCents, tokens } }: { readonly row: MoneyRow }) {
  const { t } = useTranslation('ops-money')
  const format = useFormat()
  const isInTokens = tokens !== undefined && usdCents === 0
  return (
    <td className="number">
      {isInTokens ? t('tokens', { count: tokens, tokens: format.number(tokens) }) : format.usd(usdCents)}
    </td>
  )
}

/** The purpose of an amount: a bill, a purchase, or the reason of a credit. */
export function Subject({ row }: { readonly row: MoneyRow }) {
  const { t } = useTranslation('ops-money')
  const format = useFormat()
  const { kind, references, reason, paymentId } = row
  const textOf = (reference: string) => {
    const [name = '', subject] = reference.split(':')
    if (subject === undefined) return t('subject.purchase', { id: name })
    return name === 'invoice'
      ? t('subject.bill', { month: format.period(subject) })
      : t('subject.charge-back', { id: subject })
  }
  const isPaid = kind === 'due' || paymentId !== undefined
  return (
    <>
      {isPaid ? references.map((reference) => <div key={reference}>{textOf(reference)}</div>) : reason}
      {paymentId !== undefined && <small className="id">{t('subject.payment', { id: paymentId })}</small>}
      {!isPaid && <small className="id">{references.join(' ')}</small>}
    </>
  )
}

/** Reads the next page of a list that has one. */
export function MoreButton({
  read,
  text,
}: {
  readonly read: ReturnType<typeof useMoney>
  readonly text: string
}) {
  if (!read.hasNextPage) return null
  return (
    <div className="buttons">
      <Button isPending={read.isFetchingNextPage} onPress={() => void read.fetchNextPage()}>
        {text}
      </Button>
    </div>
  )
}
