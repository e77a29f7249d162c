/** The runtime cannot start. The message is one line for the person who started it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
