/** Events that some hundred seeds must have seen, so that their test says something about each of them. */
export const expectedEvents: readonly string[] = [
  ...[
    'allow',
    'deny',
    'unavailable',
    'recorded later',
    'usage',
    'kill',
    'freeze',
    'used up',
    'reported before a turn',
  ],
  ...['lost', 'unanswered', 'doubled', 'slow', 'turnedAway', 'busyRows'].map((fate) => `request ${fate}`),
  ...['free', 'flex', 'pay-as-you-go', 'grace', 'unrated'].map((source) => `granted ${source}`),
  ...['lot-expired', 'period-started', 'suspended', 'resumed', 'limit-set', 'payment-recovery', 'late'],
  ...['TOKENS_EXHAUSTED', 'FREE_LIMIT_REACHED', 'SPEND_LIMIT_REACHED', 'APP_LIMIT_REACHED'],
  ...['TEAM_SUSPENDED', 'PAYMENT_OVERDUE', 'NO_PLAN', 'APP_NOT_IN_HUB', 'METER_ENDED', 'UNKNOWN_APP'],
]
