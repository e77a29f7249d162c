/** A line of an example that imports names of a module of Node. As a literal, a check would take it for one of the page. */
export function importing(names: string, module: string): string {
  return `import { ${names} } from 'node:${module}'`
}
