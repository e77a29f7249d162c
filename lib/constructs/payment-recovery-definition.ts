import { choice, fail, type State, task, wait } from './states.ts'

/**
 * What follows when the payment of a bill has failed, until it is paid or rated meters have stopped. Input: `{teamId,
 * period}`. The steps and their dates are those of the team's account; the function (given by ARN) lets time do them.
 */
export function paymentRecoveryDefinition(functions: { readonly recoverPayment: string }): State {
  return {
    Comment: 'Takes each step of the recovery of an unpaid bill on its date',
    StartAt: 'RecoverPayment',
    States: {
      RecoverPayment: task(functions.recoverPayment, { next: 'WhatToDo', failed: 'RecoveryFailed' }),
      WhatToDo: choice({ wait: 'WaitAndAskAgain', done: 'RecoveryDone' }),
      WaitAndAskAgain: wait('RecoverPayment'),
      RecoveryDone: { Type: 'Succeed' },
      RecoveryFailed: fail('RecoveryFailed'),
    },
  }
}
