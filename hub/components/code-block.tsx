import { CopyButton } from './copy-button.tsx'
import './code-block.css'

export interface CodeBlockProps {
  /** A name of the text, which is visible and names its button. */
  readonly label: string
  readonly text: string
}

/** A text that can be copied as it is. Long lines scroll inside it. */
export function CodeBlock({ label, text }: CodeBlockProps) {
  return (
    <figure className="code-block">
      <figcaption>
        <span>{label}</span>
        <CopyButton text={text} label={label} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by the keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
