/*
 * A plugin of Stryker that ignores the messages of failed invariants: nobody depends on their words, and a test of them would
 * only repeat them.
 */

interface Node {
  readonly type: string
  readonly callee?: Node & { readonly name?: string }
}

/** The part of a Babel path that the plugin reads. */
interface NodePath {
  readonly node: Node
  readonly key: string | number | null
  readonly listKey?: string
  readonly parentPath: NodePath | null
}

/** Index of the message among the arguments of each function that fails with one. */
const messageAt: Readonly<Record<string, number>> = { assert: 1, assertAmount: 1, Error: 0 }
const reason = 'The message of a failed invariant.'

function shouldIgnore({ key, listKey, parentPath }: NodePath): string | undefined {
  const parent = parentPath?.node
  if (listKey !== 'arguments' || !/^(Call|New)Expression$/.test(parent?.type ?? '')) return undefined
  return key === messageAt[parent?.callee?.name ?? ''] ? reason : undefined
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'assertion-messages', value: { shouldIgnore } }]
