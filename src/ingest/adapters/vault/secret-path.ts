/**
 * Returns the path of a KV secret as people name it, without the `metadata` or `data` that the API of version 2 puts
 * after the mount: `kv/metadata/payments/sepa` -> `kv/payments/sepa`. With a mount point (`kv/`) the segment after it
 * counts; without, the first such segment after the beginning.
 */
export function kvPath(path: string, mount: string | null = null): string {
  const bare = path.replace(/^\/+|\/+$/g, '').replace(/^v1\//, '');
  const at = mount === null ? '' : mount.replace(/^\/+|\/+$/g, '');
  if (at !== '' && bare.startsWith(`${at}/`)) {
    return `${at}/${bare.slice(at.length + 1).replace(/^(?:metadata|data|delete|undelete|destroy)\//, '')}`;
  }
  return bare.replace(/^([^/]+(?:\/[^/]+)*?)\/(?:metadata|data|delete|undelete|destroy)\//, '$1/');
}

/** Returns the other names of a KV secret: with the segment that the API has after a mount of one segment. */
export function kvAliases(path: string): string[] {
  const [, mount, rest] = /^([^/]+)\/(.+)$/.exec(path) ?? [];
  return mount === undefined ? [] : [`${mount}/data/${rest}`, `${mount}/metadata/${rest}`];
}
