import type { Import } from './imports.ts'

interface Rule {
  readonly from: RegExp
  readonly mayImport: readonly RegExp[]
}

/** A function's entry file: no other handler imports it. */
const notAHandler = /^lambdas\/(?!api\/|consumers\/|workflow\/)/
const store = /^lambdas\/store\//
/** The page's own packages. */
const pagePackages =
  /^npm:(@fontsource-variable|@internationalized|@tanstack|chart\.js|i18next|oidc-client-ts|react|subset-fonts\.css$|wouter)/
const anyPackageButCdk = /^npm:(?!aws-cdk|cdk-|constructs$)/
const node = /^node:/

/** The room of each file and its allowed imports. The first rule that matches a file applies. */
const rules: readonly Rule[] = [
  { from: /^core\//, mayImport: [/^core\//] },
  {
    from: /^contract\//,
    mayImport: [/^contract\//, /^core\//, /^npm:(valibot|content-type|@valibot\/to-json-schema)$/],
  },
  // The dispatchers gather the handlers of many calls in one function.
  {
    from: /^lambdas\/api\/(hub|ops|health|authorization|mcp)\.ts$/,
    mayImport: [/^lambdas\/api\/(?!(hub|ops|health|authorization|mcp)\.ts)/, notAHandler, /^contract\//],
  },
  { from: /^lambdas\//, mayImport: [/^core\//, /^contract\//, notAHandler, anyPackageButCdk, node] },
  { from: /^hub\/(vite\.config\.ts|build\/)/, mayImport: [/^hub\/build\//, /^npm:/, node] },
  { from: /^hub\//, mayImport: [/^hub\//, /^core\//, /^contract\//, pagePackages] },
  // A service takes the client without any other package; OpenTelemetry's API is for its types.
  // The types of Node's requests; the other platforms have no Node.
  { from: /^client\/middleware\/(node|fastify)\.ts$/, mayImport: [/^client\//, /^node:http$/] },
  { from: /^client\/spool/, mayImport: [/^client\//, node] },
  { from: /^client\//, mayImport: [/^client\//, /^core\//, /^npm:@opentelemetry\/api$/] },
  // An example shows what a service needs: the published package, and nothing inside it.
  { from: /^examples\//, mayImport: [/^examples\//, /^npm:@tollgate\/client$/, node] },
  { from: /^audit\//, mayImport: [/^audit\//, /^core\//, store, anyPackageButCdk, node] },
  // A name exists once: these files contain the names of keys, environment variables, metrics and events.
  {
    from: /^lib\//,
    mayImport: [
      /^lib\//,
      /^contract\//,
      /^core\/events\//,
      /^lambdas\/(store\/keys|runtime\/(env|metric-names))\.ts$/,
      /^npm:(aws-cdk-lib|constructs|cdk-nag|valibot)$/,
      node,
    ],
  },
  {
    from: /^bin\//,
    mayImport: [/^bin\//, /^lib\//, /^contract\//, /^client\/package\.json$/, /^npm:/, node],
  },
  // Replayed events use the publisher's code, redriven dead letters and exported CSV that of the API.
  {
    from: /^ops\//,
    mayImport: [
      /^ops\//,
      /^lambdas\/bus\/event-bus\.ts$/,
      /^lambdas\/dead-letters\//,
      /^lambdas\/(http\/csv|runtime\/env)\.ts$/,
      /^tools\/(command-line|text-table)\.ts$/,
      ...operatorsTargets(),
    ],
  },
  { from: /^tools\//, mayImport: [/^tools\//, ...operatorsTargets()] },
  // Functions and templates come from the output of `cdk synth`, never from their sources.
  {
    from: /^local\//,
    mayImport: [/^local\//, /^core\//, /^contract\//, /^audit\//, /^samples\//, anyPackageButCdk, node],
  },
  { from: /^(test|bench)\//, mayImport: [/^/] },
]

function operatorsTargets(): readonly RegExp[] {
  return [/^core\//, /^contract\//, /^audit\//, store, /^samples\//, anyPackageButCdk, node]
}

/** Layers of a room, the lowest first. A file imports from its own layer and from lower ones. */
const layers: Readonly<Record<string, readonly RegExp[]>> = {
  core: [
    /^(assert\.ts|time\/)/,
    /^(catalog\/|refusal\.ts|warning\.ts)/,
    /^(account|alerts|directory|journal|invoice|migration)\//,
    /^funding\//,
    /^(commands\/|advance\.ts|decision\.ts)/,
    /^(decide(-by)?\.ts|(preview|forecast|focus)\/|events\/)/,
    /^texts\//,
  ],
  lambdas: [
    /^(runtime|store)\//,
    /^(acts|alerts|archive|bus|dead-letters|delivery|directory|http|mcp|payment|usage)\//,
    /^(api|consumers|workflow)\//,
  ],
}

/** Forbidden imports, as `from → to`. A file that matches no rule may import nothing. */
export function wrongWay(imports: readonly Import[]): readonly string[] {
  return imports
    .filter((each) => !isAllowed(each) || pointsUpwards(each))
    .map(({ from, to }) => `${from} → ${to}`)
}

function isAllowed({ from, to }: Import): boolean {
  const rule = rules.find((each) => each.from.test(from))
  return rule?.mayImport.some((target) => target.test(to)) === true
}

function pointsUpwards({ from, to }: Import): boolean {
  const [room = '', otherRoom] = [from, to].map((file) => file.split('/', 1)[0])
  const order = layers[room]
  if (order === undefined || room !== otherRoom) return false
  const [layer, target] = [from, to].map((file) => {
    return order.findIndex((pattern) => pattern.test(file.slice(room.length + 1)))
  })
  return layer === undefined || target === undefined || layer < 0 || target < 0 || target > layer
}
