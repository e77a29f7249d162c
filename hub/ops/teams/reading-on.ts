/** Teams of a full page: the API's usual number. */
export const fullPage = 50

/** Pages that a search reads by itself before it asks whether to go on: about 1,500 examined teams. */
const pagesMax = 5

/**
 * A page of a rare state or of several words may be short, and even empty, while others follow. Returns true if the list
 * reads the next one by itself: until it has shown a full page more, or has read enough pages.
 */
export function isReadingOn(counts: readonly number[]): boolean {
  let [pages, teams] = [0, 0]
  for (const count of counts) {
    pages++
    teams += count
    if (teams >= fullPage || pages === pagesMax) [pages, teams] = [0, 0]
  }
  return pages > 0
}
