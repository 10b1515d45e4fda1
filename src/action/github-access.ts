import type { GithubAccess } from '../index.js';

/** Returns how the API of the server is reached that the runner belongs to. */
export function githubAccess(token: string): GithubAccess {
  return { baseUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com', token };
}
