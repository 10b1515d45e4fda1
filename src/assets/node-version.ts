/** Returns the version of the Node.js that runs this, such as `20.19.0`. */
export function nodeVersion(): string {
  return process.versions.node;
}
