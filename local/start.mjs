// Plain JavaScript: a Node that is too old cannot read the rest, but must be able to say so.
const oldestNode = 24

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(
    `Tollgate needs Node ${oldestNode}, this is ${process.versions.node}: run "npm install" and "npm start", which bring their own.`,
  )
  process.exit(1)
}
await import('./start.ts')
