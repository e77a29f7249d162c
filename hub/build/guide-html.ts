/**
 * Turns one of our own documentation pages into HTML. It knows the Markdown that they use: headings, paragraphs, lists, tables,
 * blocks of code, and in a line code, bold text and links. Only links to `linked` pages and to other sites stay links.
 */
export function guideHtml(markdown: string, linked: readonly string[]): string {
  const title = /^# (.*)$/m.exec(markdown)?.[1] ?? ''
  const body = blocksOf(markdown).map((block) => blockHtml(block, linked))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)} · Tollgate</title>
<link rel="stylesheet" href="guide.css">
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`
}

/** The blocks between empty lines. A block of code is one, also with empty lines in it. */
function blocksOf(markdown: string): readonly string[] {
  return markdown.match(/^```[\s\S]*?^```$|^(?:(?!```).+\n?)+/gm) ?? []
}

function blockHtml(block: string, linked: readonly string[]): string {
  const inline = (text: string) => inlineHtml(text.replaceAll(/\s*\n\s*/g, ' ').trim(), linked)
  const code = /^```\w*\n([\s\S]*?)```$/.exec(block)
  if (code !== null) return `<pre tabindex="0"><code>${escapeText(code[1] ?? '')}</code></pre>`
  const heading = /^(#{1,3}) (.*)/.exec(block)
  if (heading !== null) {
    const level = heading[1]?.length ?? 1
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>`
  }
  if (block.startsWith('- ')) {
    const items = block.slice(2).split(/\n- /)
    return `<ul>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`
  }
  return block.startsWith('| ') ? tableHtml(block, inline) : `<p>${inline(block)}</p>`
}

function tableHtml(block: string, inline: (text: string) => string): string {
  const rows = block
    .trim()
    .split('\n')
    .map((line) => line.slice(1, -1).split('|'))
  const [head = [], , ...body] = rows
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`
  const lines = body.map((cells) => row(cells, 'td')).join('')
  return `<div class="table" tabindex="0"><table><thead>${row(head, 'th')}</thead><tbody>${lines}</tbody></table></div>`
}

function inlineHtml(text: string, linked: readonly string[]): string {
  const parts = text.split(/(`[^`]+`)/)
  const marked = parts.map((part) => (part.startsWith('`') ? codeHtml(part.slice(1, -1)) : escapeText(part)))
  return marked
    .join('')
    .replaceAll(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, name: string, target: string) =>
      linkHtml(name, target, linked),
    )
}

/** In code no sign has a meaning, though it may be in bold text or in a link. */
function codeHtml(text: string): string {
  return `<code>${escapeText(text).replaceAll('*', '&#42;').replaceAll('[', '&#91;')}</code>`
}

function linkHtml(name: string, target: string, linked: readonly string[]): string {
  const page = target.replace(/\.md$/, '')
  const href = linked.includes(page) ? `${page}.html` : target
  return href !== target || target.startsWith('https://') ? `<a href="${href}">${name}</a>` : name
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
