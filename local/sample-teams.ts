/** How a sample team pays. `none`: it has not chosen a plan, and its apps are in no hub. */
export type SamplePlan =
  | { readonly plan: 'none' }
  | { readonly plan: 'free' }
  | { readonly plan: 'paid'; readonly payAsYouGo: boolean; readonly spendLimitUsdCents?: number }

export interface SampleMember {
  readonly memberId: string
  readonly email: string
}

export interface SampleTeam {
  readonly teamId: string
  readonly name: string
  readonly country: string
  readonly paymentMethod: 'credit-card' | 'paypal' | 'none'
  readonly plan: SamplePlan
  readonly admin: SampleMember
  readonly developer: SampleMember
  readonly apps: readonly { readonly appId: string; readonly name: string }[]
}

export const aoi: SampleTeam = {
  teamId: 'aoi-design',
  name: '葵デザイン事務所 (Aoi Design)',
  country: 'JP',
  paymentMethod: 'none',
  plan: { plan: 'free' },
  admin: { memberId: 'sakura', email: 'sakura@aoi-design.example.com' },
  developer: { memberId: 'haruto', email: 'haruto@aoi-design.example.com' },
  apps: [{ appId: 'aoi-viewer', name: '住宅モデルビューア' }],
}

export const kumo: SampleTeam = {
  teamId: 'kumo-plant',
  name: '雲プラントエンジニアリング (Kumo Plant Engineering)',
  country: 'JP',
  paymentMethod: 'credit-card',
  plan: { plan: 'paid', payAsYouGo: false },
  admin: { memberId: 'kenji', email: 'kenji@kumo-plant.example.com' },
  developer: { memberId: 'yui', email: 'yui@kumo-plant.example.com' },
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
  admin: { memberId: 'ingrid', email: 'ingrid@fjord-structures.example.com' },
  developer: { memberId: 'lars', email: 'lars@fjord-structures.example.com' },
  apps: [{ appId: 'fjord-checker', name: 'Rebar checker' }],
}

export const harborline: SampleTeam = {
  teamId: 'harborline',
  name: 'Harborline Engineering',
  country: 'US',
  paymentMethod: 'credit-card',
  plan: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 200_000 },
  admin: { memberId: 'grace', email: 'grace@harborline.example.com' },
  developer: { memberId: 'marcus', email: 'marcus@harborline.example.com' },
  apps: [
    { appId: 'harborline-takeoff', name: 'Quantity take-off' },
    { appId: 'harborline-nightly', name: 'Nightly simulations' },
  ],
}

export const miyako: SampleTeam = {
  teamId: 'miyako-lab',
  name: '都ラボ (Miyako Lab)',
  country: 'JP',
  paymentMethod: 'credit-card',
  plan: { plan: 'none' },
  admin: { memberId: 'akiko', email: 'akiko@miyako-lab.example.com' },
  developer: { memberId: 'ren', email: 'ren@miyako-lab.example.com' },
  apps: [{ appId: 'miyako-prototype', name: '点群試作' }],
}

export const redwood: SampleTeam = {
  teamId: 'redwood-parts',
  name: 'Redwood Parts',
  country: 'CA',
  paymentMethod: 'credit-card',
  plan: { plan: 'paid', payAsYouGo: false },
  admin: { memberId: 'claire', email: 'claire@redwood-parts.example.com' },
  developer: { memberId: 'noah', email: 'noah@redwood-parts.example.com' },
  apps: [
    { appId: 'redwood-catalog', name: 'Parts catalog' },
    { appId: 'redwood-render', name: 'Render farm' },
  ],
}

/** The teams that sample data sets up and whose month `samples/` holds. */
export const sampleTeams: readonly SampleTeam[] = [aoi, kumo, fjord, harborline, miyako, redwood]
