export interface BillLine {
  readonly service: string
  readonly of: string
  readonly quantity: number
  readonly usd: number
  readonly isUnconfirmed: boolean
}
