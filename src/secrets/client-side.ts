/** Paths of what browsers and apps are given, as builds and platforms name them. */
const SHIPPED = [
  /(?:^|\/)(?:public|static|dist|build|www|wwwroot|htdocs)\/(?:.*\/)?[^/]+\.(?:[cm]?js|html?|webmanifest)$/i,
  /\.(?:bundle|chunk|min)\.[cm]?js$/i,
  /\.(?:[cm]?js|css)\.map$/i,
  /(?:^|\/)(?:src\/[^/]+\/(?:res|assets)|app\/res|res\/(?:values|raw|xml)(?:-[^/]+)?)\/[^/]/i,
  /(?:^|\/)[^/]+\.(?:xcassets|lproj)\/|(?:^|\/)(?:[^/]*-)?Info\.plist$/i,
  /\.(?:apk|aab|ipa)(?:\/|$)/i,
];
/** Folders of what is built and stays on servers. */
const OF_SERVERS =
  /(?:^|\/)(?:server|servers|backend|functions|lambda|node_modules|cli|bin|tests?|__tests__)\//i;

/** Returns whether a path is one of what is shipped to clients. It says nothing of the others: a client may be built elsewhere. */
export function isClientSide(path: string): boolean {
  return !OF_SERVERS.test(path) && SHIPPED.some((shape) => shape.test(path));
}
