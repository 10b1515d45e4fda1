import type { BuiltAction } from './built-action.js';
import { type Server, startServer } from './server.js';

/** A registry that serves one tarball, and what was asked of it. */
export type Registry = Server & { requests: { path: string; authorization: string | null }[] };

/** Starts a registry that serves the native package of a built Action. */
export async function startRegistry({ path }: Pick<BuiltAction, 'path'>, tarball: Buffer): Promise<Registry> {
  const requests: Registry['requests'] = [];
  const server = await startServer((request, _body, url) => {
    requests.push({ path: url.pathname, authorization: request.headers.authorization ?? null });
    return url.pathname.endsWith(path) ? { body: tarball } : { status: 404, body: 'not found' };
  });
  return { ...server, requests };
}
