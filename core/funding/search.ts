/**
 * The largest whole number from 0 to `most` for which `holds` is true, where it holds up to some point and not beyond.
 * Returns -1 when it does not even hold for 0. At most 54 questions are asked.
 */
export function largest(most: number, holds: (n: number) => boolean): number {
  if (!holds(0)) return -1
  if (holds(most)) return most
  let yes = 0
  let no = most
  while (no - yes > 1) {
    const middle = yes + Math.floor((no - yes) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}
