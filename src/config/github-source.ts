import { type GithubSource, KeyproofError } from '../model/index.js';

/**
 * Checks an organisation on GitHub of keyproof.yaml. What stands under `token` is never shown: it may be a token.
 * @throws KeyproofError with one sentence
 */
export function githubSource(source: GithubSource): GithubSource {
  const { organisation, token, baseUrl } = source;
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(organisation))
    throw new KeyproofError(
      'keyproof.yaml: github: organisation must be the name of an organisation as in its address, such as northbridge-bank.',
    );
  if (token !== undefined && !/^[A-Z_][A-Z0-9_]{0,99}$/.test(token))
    throw new KeyproofError(
      `keyproof.yaml: github, ${organisation}: token must be the name of an environment variable, such as GITHUB_TOKEN; a token itself must not stand in a file: revoke it if it did.`,
    );
  if (baseUrl !== undefined && !isSafe(baseUrl))
    throw new KeyproofError(
      `keyproof.yaml: github, ${organisation}: baseUrl must be an https address, such as https://github.example.com/api/v3; the token is sent there.`,
    );
  return source;
}

/** Whether a token may be sent to an address: by https, or to this machine itself. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  );
}
