/** Hands a text to the browser as a file to keep. `type` is its media type. */
export function saveAsFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the file over only some moments later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
