/** A file that cannot be read to its end: the message is one sentence for the user, without the file's name. Records read before it stand. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
