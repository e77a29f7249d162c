// This is plain JavaScript: a Node that is too old cannot read the other files, but must report that it is
// too old.
const oldestNode = 24

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(
    `Tollgate needs Node ${oldestNode}, this is ${process.versions.node}: run "npm install" and "npm start", which bring their own.`,
  )
  process.exit(1)
}
await import('./start.ts')
