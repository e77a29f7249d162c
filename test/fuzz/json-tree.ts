/**
 * JSON as a tree that can also be written wrong: a key may occur twice, and `raw` is any text in the place of a
 * value.
 */
export type Tree =
  | { readonly raw: string }
  | { readonly entries: readonly (readonly [string, Tree])[] }
  | { readonly items: readonly Tree[] }

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) }
  if (typeof value !== 'object' || value === null) return { raw: JSON.stringify(value) }
  return { entries: Object.entries(value).map(([key, child]) => [key, treeOf(child)]) }
}

export function treeText(tree: Tree): string {
  if ('raw' in tree) return tree.raw
  if ('items' in tree) return `[${tree.items.map(treeText).join(',')}]`
  return `{${tree.entries.map(([key, child]) => `${JSON.stringify(key)}:${treeText(child)}`).join(',')}}`
}

/** Number of places of a tree: the tree itself and all trees in it. */
export function countPlaces(tree: Tree): number {
  return childrenOf(tree).reduce((sum, child) => sum + countPlaces(child), 1)
}

/** The tree with another one at a place. Place 0 is the tree itself; the others are counted depth first. */
export function changeAt(tree: Tree, place: number, change: (tree: Tree) => Tree): Tree {
  if (place === 0) return change(tree)
  let before = 1
  const changed = childrenOf(tree).map((child) => {
    const places = countPlaces(child)
    const isInside = place >= before && place < before + places
    const after = isInside ? changeAt(child, place - before, change) : child
    before += places
    return after
  })
  if ('raw' in tree) return tree
  if ('items' in tree) return { items: changed }
  return { entries: tree.entries.map(([key, child], index) => [key, changed[index] ?? child]) }
}

function childrenOf(tree: Tree): readonly Tree[] {
  if ('raw' in tree) return []
  return 'items' in tree ? tree.items : tree.entries.map(([, child]) => child)
}
