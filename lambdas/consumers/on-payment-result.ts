import * as v from 'valibot'
import { paymentResultEvent } from '../../contract/payment-result-event.ts'
import { correlationIdOf } from '../bus/event-correlation.ts'
import { takePayment } from '../payment/take-payment.ts'
import { openDeps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'

const deps = openDeps()

/** Takes the result of a payment from the bus. Throws for what is no result, or of nothing that was asked for: it is kept. */
async function onPaymentResult(event: unknown): Promise<void> {
  const { 'detail-type': type, detail } = v.parse(paymentResultEvent, event)
  const { paymentId, paymentReference } = detail
  const isSettled = type === 'PaymentSettled'
  if (!(await takePayment(deps, { paymentId, paymentReference, isSettled })))
    throw new Error(`payment ${paymentId} is for nothing that was asked for`)
}

export const handler = toHandler('on-payment-result', onPaymentResult, correlationIdOf)
