import * as v from 'valibot'
import { id } from './fields.ts'

export const teamParams = v.strictObject({ teamId: id })

export const paymentMethod = v.picklist(['credit-card', 'paypal', 'none'])
export const standing = v.picklist(['good', 'bad'])
