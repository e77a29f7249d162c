/** Saves a text as a file through the browser. `type` is its media type. */
export function saveAsFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the URL some moments after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
