import { classifyRequest as call } from '../../contract/classify-request.ts'
import { classify } from '../../core/catalog/classifier.ts'
import { unclassifiedText } from '../../core/texts/classification-texts.ts'
import { meterRoute } from '../http/meter-route.ts'
import type { Outcome } from '../http/outcome.ts'

/** Tells the meter of a request to an APS API, as the library of services does. It reads and writes nothing. */
export function classifyRequest() {
  return meterRoute(call, ({ body, language }): Outcome => {
    const found = classify(body)
    if ('meter' in found) return { status: 200, body: found }
    const { cannotTell, missing } = found
    return { rejected: { code: 'CANNOT_CLASSIFY', ...unclassifiedText(cannotTell, language), missing } }
  })
}

export const handler = classifyRequest()
