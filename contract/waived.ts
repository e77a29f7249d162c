import * as v from 'valibot'
import { amount } from './figures.ts'

export const waived = v.pipe(
  amount,
  v.description(
    'Base units that nobody is charged for, because they are beyond the cap of the authorization',
  ),
)
