import type { Import } from './imports.ts'

interface Rule {
  readonly from: RegExp
  readonly mayImport: readonly RegExp[]
}

/** A function's entry file; nobody imports one but the two that gather many calls. */
const notAnEntry = /^lambdas\/(?!api\/|events\/|schema\/openapi\.ts)/

/** Who may import whom. The first rule that names a file decides; `test` and `bench` may import everything. */
const rules: readonly Rule[] = [
  { from: /^core\//, mayImport: [/^core\//] },
  { from: /^lambdas\/routes\.ts$/, mayImport: [] },
  { from: /^lambdas\/api\/(hub|ops)\.ts$/, mayImport: [/^lambdas\/api\/(?!(hub|ops)\.ts)/, notAnEntry] },
  { from: /^lambdas\//, mayImport: [/^core\//, notAnEntry, /^npm:(?!aws-cdk)/, /^node:/] },
  {
    from: /^lib\//,
    mayImport: [
      /^lib\//,
      /^core\/events\/told-types\.ts$/,
      /^lambdas\/(store\/keys|routes|runtime\/(env|metric-names)|bus\/event-names)\.ts$/,
      /^npm:(aws-cdk-lib|constructs|cdk-nag|valibot)$/,
      /^node:/,
    ],
  },
  {
    from: /^bin\//,
    mayImport: [/^bin\//, /^lib\//, /^lambdas\/(schema\/.*|routes\.ts)$/, /^npm:/, /^node:/],
  },
  // These read a table as the functions do; nothing else of the local runtime may know how a table is kept.
  {
    from: /^local\/(audit[^/]*|team-list)\.ts$/,
    mayImport: [/^local\//, /^core\//, /^lambdas\/(store\/|archive\/entry-line\.ts$)/, /^npm:/, /^node:/],
  },
  // The page has the same headers and paths on one machine as behind CloudFront.
  {
    from: /^local\//,
    mayImport: [
      /^local\//,
      /^core\//,
      /^lib\/(security-headers|page-paths)\.ts$/,
      /^npm:(?!aws-cdk)/,
      /^node:/,
    ],
  },
  { from: /^hub\/vite\.config\.ts$/, mayImport: [/^npm:/, /^node:/] },
  // A page knows what is around it and what it is made of, and no other page.
  {
    from: /^hub\//,
    mayImport: [
      /^hub\//,
      /^core\//,
      /^npm:(@fontsource-variable|@internationalized|@tanstack|chart\.js|i18next|oidc-client-ts|react|wouter)/,
    ],
  },
  // Operators' tools do what functions do, with the functions' own stores; they find tables as the audit does.
  {
    from: /^ops\//,
    mayImport: [
      /^ops\//,
      /^core\//,
      /^lambdas\/(store|archive|bus|delivery|schema)\//,
      /^local\/(audit|cannot-start|json-file)/,
      /^npm:(?!aws-cdk)/,
      /^node:/,
    ],
  },
  { from: /^(test|bench)\//, mayImport: [/^/] },
]

/** Imports that go the wrong way, as `from → to`. A file that no rule names may import nothing. */
export function wrongWay(imports: readonly Import[]): readonly string[] {
  return imports
    .filter(({ from, to }) => {
      const rule = rules.find((one) => one.from.test(from))
      return !rule?.mayImport.some((target) => target.test(to))
    })
    .map(({ from, to }) => `${from} → ${to}`)
}
