/**
 * The id of the purchase that this tab has begun. A reload, or a sign-in in between, keeps it: a purchase whose answer was not
 * seen is then shown instead of being made again.
 */
export function keptPurchaseId(teamId: string): string {
  return sessionStorage.getItem(nameOf(teamId)) ?? renewPurchaseId(teamId)
}

/** Begins another purchase. */
export function renewPurchaseId(teamId: string): string {
  const purchaseId = crypto.randomUUID()
  sessionStorage.setItem(nameOf(teamId), purchaseId)
  return purchaseId
}

const nameOf = (teamId: string): string => `purchase:${teamId}`
