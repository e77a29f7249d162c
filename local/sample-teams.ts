/** How a sample team pays. `none`: it has not chosen a plan, and its apps are in no hub. */
export type SamplePlan =
  | { readonly plan: 'none' }
  | { readonly plan: 'free' }
  | { readonly plan: 'paid'; readonly payAsYouGo: boolean; readonly spendLimitUsdCents?: number }

export interface SampleTeam {
  readonly teamId: string
  readonly name: string
  readonly country: string
  readonly paymentMethod: 'credit-card' | 'paypal' | 'none'
  readonly plan: SamplePlan
  readonly apps: readonly { readonly appId: string; readonly name: string }[]
}

export const aoi: SampleTeam = {
  teamId: 'aoi-design',
  name: '葵デザイン事務所 (Aoi Design)',
  country: 'JP',
  paymentMethod: 'none',
  plan: { plan: 'free' },
  apps: [{ appId: 'aoi-viewer', name: '住宅モデルビューア' }],
}

export const kumo: SampleTeam = {
  teamId: 'kumo-plant',
  name: '雲プラントエンジニアリング (Kumo Plant Engineering)',
  country: 'JP',
  paymentMethod: 'credit-card',
  plan: { plan: 'paid', payAsYouGo: false },
  apps: [
    { appId: 'kumo-converter', name: '配管モデル変換' },
    { appId: 'kumo-batch', name: '図面一括出力' },
  ],
}

export const fjord: SampleTeam = {
  teamId: 'fjord-structures',
  name: 'Fjord Structures',
  country: 'NO',
  paymentMethod: 'paypal',
  plan: { plan: 'paid', payAsYouGo: true },
  apps: [{ appId: 'fjord-checker', name: 'Rebar checker' }],
}

export const harborline: SampleTeam = {
  teamId: 'harborline',
  name: 'Harborline Engineering',
  country: 'US',
  paymentMethod: 'credit-card',
  plan: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 200_000 },
  apps: [
    { appId: 'harborline-takeoff', name: 'Quantity take-off' },
    { appId: 'harborline-nightly', name: 'Nightly simulations' },
  ],
}

export const miyako: SampleTeam = {
  teamId: 'miyako-lab',
  name: '都ラボ (Miyako Lab)',
  country: 'JP',
  paymentMethod: 'none',
  plan: { plan: 'none' },
  apps: [{ appId: 'miyako-prototype', name: '点群試作' }],
}

export const redwood: SampleTeam = {
  teamId: 'redwood-parts',
  name: 'Redwood Parts',
  country: 'CA',
  paymentMethod: 'credit-card',
  plan: { plan: 'paid', payAsYouGo: false },
  apps: [
    { appId: 'redwood-catalog', name: 'Parts catalog' },
    { appId: 'redwood-render', name: 'Render farm' },
  ],
}

/** The teams that sample data sets up and whose month `samples/` holds. */
export const sampleTeams: readonly SampleTeam[] = [aoi, kumo, fjord, harborline, miyako, redwood]
