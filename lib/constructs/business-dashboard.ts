import { Dashboard, GraphWidget, type IWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { MetricName } from '../../lambdas/runtime/metric-names.ts'
import { graph, own, ownBy } from './dashboard-graphs.ts'

/** Shows decisions, payments and the progress of the migration. */
export class BusinessDashboard extends Construct {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: string }) {
    super(scope, id)
    const ours = (...names: MetricName[]) => names.map((name) => own(stage, name))
    const rows: IWidget[][] = [
      [
        graph('Decisions by answer', [ownBy(stage, 'Decisions', 'Code')], true),
        graph('Flex tokens', ours('TokensSpent', 'TokensGranted', 'TokensExpired')),
        graph('Pay-as-you-go, US cents', ours('PayAsYouGoUsdCents')),
      ],
      [
        graph('Shortfall, units', ours('ShortfallUnits', 'ShortfallSettledUnits')),
        graph(
          'Beyond what was held, late, or in conflict',
          ours('Overruns', 'WaivedUses', 'LateUses', 'UsageConflicts'),
        ),
        graph('Purchases and invoices', ours('Purchases', 'InvoicesIssued')),
      ],
      [
        graph('Payments', ours('PaymentsSettled', 'PaymentsFailed', 'Refunds', 'ChargeBacks')),
        graph('Recovery of unpaid bills', ours('RecoverySteps', 'RecoveriesOpen', 'RecoveriesStuck')),
        graph('Teams suspended', ours('TeamsSuspended')),
      ],
      [
        graph('Teams notified of the campaign', [ownBy(stage, 'CampaignNotices', 'Notice')], true),
        new GraphWidget({
          title: 'Not moved yet, day by day',
          left: [own(stage, 'TeamsWithoutPlan', 'Maximum'), own(stage, 'AppsNotInHub', 'Maximum')],
          width: 8,
          height: 6,
        }),
        new SingleValueWidget({
          title: 'Apps moved, steps of the campaign done',
          metrics: ours('AppsMigrated', 'CampaignStepsFinished'),
          setPeriodToTimeRange: true,
          width: 8,
          height: 6,
        }),
      ],
    ]
    new Dashboard(this, 'Dashboard', { widgets: rows })
  }
}
