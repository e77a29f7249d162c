/** The filter of a page's URL that names the payment from which a person returns. */
export const returnedFrom = 'payment'

export interface PaymentPlace {
  /** URL of the processor's page. */
  readonly paymentPage: string
  readonly teamId: string
  readonly language: string
  /** Origin of the developer hub page, and the path to return to. */
  readonly origin: string
  readonly path: string
  /** Absent: the payment method is changed, and nothing is paid. */
  readonly reference?: string | undefined
}

/** The address of the processor's page, with the reference and the way back. It carries no data of a card. */
export function paymentAddress(place: PaymentPlace): string {
  const { paymentPage, teamId, language, origin, path, reference } = place
  const back = new URL(path, origin)
  back.searchParams.set(returnedFrom, reference ?? 'method')
  const address = new URL(paymentPage, origin)
  if (reference !== undefined) address.searchParams.set('reference', reference)
  address.searchParams.set('team', teamId)
  address.searchParams.set('return', back.href)
  address.searchParams.set('language', language)
  return address.href
}
