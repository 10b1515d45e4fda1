import { getProxyForUrl } from 'proxy-from-env';
import type { RequestInit } from 'undici';

/**
 * Returns a `fetch` that goes through the proxy which HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for an address: that of Node 20 to 24
 * does not read them. Undefined if they name none.
 */
export async function proxiedFetch(address: string) {
  const proxy = getProxyForUrl(address);
  if (proxy === '') return undefined;
  // Loaded when there is a proxy, which most runs have not.
  const { fetch, ProxyAgent } = await import('undici');
  const dispatcher = new ProxyAgent(proxy);
  return (url: string, init?: RequestInit) => fetch(url, { ...init, dispatcher });
}
