import { Dashboard, GraphWidget, type IWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { MetricName } from '../../lambdas/runtime/metric-names.ts'
import { graph, own, ownBy } from './dashboard-graphs.ts'

/** What is allowed and refused, what is paid and how, and how far customers have moved. */
export class BusinessDashboard extends Construct {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: string }) {
    super(scope, id)
    const of = (...names: MetricName[]) => names.map((name) => own(stage, name))
    const rows: IWidget[][] = [
      [
        graph('Decisions by answer', [ownBy(stage, 'Decisions', 'Code')], true),
        graph('Flex tokens', of('TokensSpent', 'TokensGranted', 'TokensExpired')),
        graph('Pay-as-you-go, US cents', of('PayAsYouGoUsdCents')),
      ],
      [
        graph('Shortfall, units', of('ShortfallUnits', 'ShortfallSettledUnits')),
        graph('Beyond what was held, late, or in conflict', of('Overruns', 'LateUses', 'UsageConflicts')),
        graph('Purchases and invoices', of('Purchases', 'InvoicesIssued')),
      ],
      [
        graph('Payments', of('PaymentsSettled', 'PaymentsFailed')),
        graph('Recovery of unpaid bills', of('RecoverySteps', 'RecoveriesOpen', 'RecoveriesStuck')),
        graph('Teams suspended', of('TeamsSuspended')),
      ],
      [
        graph('Teams told of the campaign', [ownBy(stage, 'CampaignNotices', 'Notice')], true),
        new GraphWidget({
          title: 'Not moved yet, day by day',
          left: [own(stage, 'TeamsWithoutPlan', 'Maximum'), own(stage, 'AppsNotInHub', 'Maximum')],
          width: 8,
          height: 6,
        }),
        new SingleValueWidget({
          title: 'Apps moved, steps of the campaign done',
          metrics: of('AppsMigrated', 'CampaignStepsFinished'),
          setPeriodToTimeRange: true,
          width: 8,
          height: 6,
        }),
      ],
    ]
    new Dashboard(this, 'Dashboard', { widgets: rows })
  }
}
