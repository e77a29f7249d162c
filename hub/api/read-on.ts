/** True if a person has read further pages of a list: what was read stays as it was. */
export function hasReadOn(answer: unknown): boolean {
  const pages = (answer as { readonly pages?: readonly unknown[] } | undefined)?.pages
  return pages !== undefined && pages.length > 1
}
