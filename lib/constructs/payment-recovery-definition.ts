import { choice, fail, type State, task, wait } from './states.ts'

/**
 * The steps after the payment of an invoice has failed, until it is paid or rated meters have stopped. Input: `{teamId,
 * period}`. The team's account contains the steps and their dates. The function (given by ARN) applies the steps that
 * are due.
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
