import { choice, fail, type State, task, wait } from './states.ts'

/**
 * The steps after the payment of a bill or charge-back has failed, until it is paid or rated meters have stopped. Input:
 * `{teamId}`. The team's account contains the steps and their dates. The function (given by ARN) applies the steps that
 * are due.
 */
export function paymentRecoveryDefinition(functions: { readonly recoverPayment: string }): State {
  return {
    Comment: 'Takes each step of the recovery of what a team owes on its date',
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
