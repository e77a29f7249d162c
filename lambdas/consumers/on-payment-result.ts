import * as v from 'valibot'
import { paymentResultEvent } from '../../contract/payment-result-event.ts'
import type { PaymentConflict } from '../../core/commands/take-payment.ts'
import { correlationIdOf } from '../bus/event-correlation.ts'
import { takePayment } from '../payment/take-payment.ts'
import { toHandler } from '../runtime/handler.ts'
import { logger } from '../runtime/log.ts'
import { openDeps } from '../runtime/open-deps.ts'

const deps = openDeps()

const statuses = {
  PaymentSettled: 'settled',
  PaymentFailed: 'failed',
  PaymentRefunded: 'refunded',
  PaymentChargedBack: 'charged-back',
} as const

/**
 * Takes the result of a payment from the bus. The bus keeps no order: a failure that arrives after the payment has settled is
 * outdated, and is dropped. Throws for an invalid result, for one of an unknown purchase or invoice, and for one under the id
 * of another payment: it is kept as a dead letter.
 */
async function onPaymentResult(event: unknown): Promise<void> {
  const { 'detail-type': type, detail } = v.parse(paymentResultEvent, event)
  const { paymentId, paymentReference } = detail
  const result = await takePayment(deps, { ...detail, status: statuses[type] })
  if (result === 'taken') return
  if (result === 'absent') throw new Error(`payment ${paymentId} is for nothing that was asked for`)
  const overtaken: PaymentConflict = 'order'
  if (result.because !== overtaken)
    throw new Error(`payment ${paymentId} belongs to another purchase or invoice`)
  logger.warn({ message: 'payment overtaken', paymentId, paymentReference })
}

export const handler = toHandler('on-payment-result', onPaymentResult, correlationIdOf)
