import type { Catalog } from '../../core/catalog/catalog.ts'
import type { IncludedAmount } from '../../core/catalog/included-amounts.ts'
import { launchCatalog } from './launch-catalog.ts'

/** The launch catalog with included amounts from the start of 2027. */
export function withIncluded(...products: readonly IncludedAmount[]): Catalog {
  const effectiveAt = Date.parse('2027-01-01T00:00:00Z')
  return { ...launchCatalog, includedAmounts: [{ version: 'v1', effectiveAt, products }] }
}
