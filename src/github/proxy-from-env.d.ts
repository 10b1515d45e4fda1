declare module 'proxy-from-env' {
  /** Returns the address of the proxy for an address; empty if there is none. */
  export function getProxyForUrl(address: string): string;
}
