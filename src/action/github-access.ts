import type { GithubAccess } from '../index.js';

/** Longest wait for a rate limit, seconds: a job that waits is paid for, and what is not written is a note. */
const LONGEST_WAIT = 120;

/** Returns how the API of the server is reached that the runner belongs to. */
export function githubAccess(token: string): GithubAccess {
  const baseUrl = process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return { baseUrl, token, longestWait: LONGEST_WAIT };
}
