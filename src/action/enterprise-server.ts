/** Hosts of GitHub's own servers: github.com, and those of GitHub Enterprise Cloud with data residency. */
const OWN = /^(?:github\.com|.+\.ghe\.com|.+\.localhost)$/i;

/** Returns whether the run is one of GitHub Enterprise Server, which keeps no artifacts of the kind that the Action uploads. */
export function isEnterpriseServer(): boolean {
  return !OWN.test(new URL(process.env['GITHUB_SERVER_URL'] || 'https://github.com').hostname);
}
