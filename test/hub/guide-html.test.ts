import { expect, test } from 'vitest'
import { guideHtml } from '../../hub/build/guide-html.ts'

const bodyOf = (markdown: string) => /<main>\n([\s\S]*)\n<\/main>/.exec(guideHtml(markdown, ['quotes']))?.[1]

test.each([
  ['# A title', '<h1>A title</h1>'],
  ['One line\nand the next.', '<p>One line and the next.</p>'],
  ['- **Bold:** one\n  thing\n- two', '<ul><li><strong>Bold:</strong> one thing</li><li>two</li></ul>'],
  [
    '```sh\na <b> & "c"\n\n# d\n```',
    '<pre tabindex="0"><code>a &lt;b&gt; &amp; &quot;c&quot;\n\n# d\n</code></pre>',
  ],
  ['**`cap`** is', '<p><strong><code>cap</code></strong> is</p>'],
  ['`**a**` and `<b>`', '<p><code>&#42;&#42;a&#42;&#42;</code> and <code>&lt;b&gt;</code></p>'],
  ['[quotes](quotes.md)', '<p><a href="quotes.html">quotes</a></p>'],
  ['[site](https://example.com/a)', '<p><a href="https://example.com/a">site</a></p>'],
  ['[errors](errors.md) and [script](javascript:alert)', '<p>errors and script</p>'],
  [
    '| a | b |\n| --- | --- |\n| 1 | `2` |',
    '<div class="table" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><code>2</code></td></tr></tbody></table></div>',
  ],
])('writes %j as HTML', (markdown, html) => {
  expect(bodyOf(markdown)).toBe(html)
})

test('the title of the document is its first heading', () => {
  expect(guideHtml('# A & B\n\nText.', [])).toContain('<title>A &amp; B · Tollgate</title>')
})
