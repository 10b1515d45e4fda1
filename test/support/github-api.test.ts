import { Octokit } from 'octokit';
import { afterEach, describe, expect, it } from 'vitest';
import { type GithubApi, type Replies, startGithubApi } from './github-api.js';

let api: GithubApi | undefined;

afterEach(async () => {
  await api?.close();
});

async function client(replies: Replies): Promise<{ octokit: Octokit; api: GithubApi }> {
  api = await startGithubApi(replies);
  const octokit = new Octokit({
    baseUrl: api.url,
    auth: 'token',
    retry: { enabled: false },
    throttle: { enabled: false },
  });
  return { octokit, api };
}

const REPOS = 'GET /orgs/{org}/repos';

describe('the mock of GitHub', () => {
  it('completes what a test states, valid by the description', async () => {
    const { octokit, api } = await client({ [REPOS]: { body: [{ full_name: 'northbridge/ledger' }] } });
    const { data } = await octokit.rest.repos.listForOrg({ org: 'northbridge', per_page: 100 });
    expect(data).toMatchObject([{ full_name: 'northbridge/ledger', owner: { type: expect.any(String) } }]);
    expect(api.requests).toMatchObject([
      { method: 'GET', path: '/orgs/northbridge/repos', query: { per_page: '100' } },
    ]);
    expect(api.violations).toEqual([]);
  });

  it('finds a request that the description does not allow', async () => {
    const { octokit, api } = await client({ [REPOS]: { body: [] } });
    await octokit.request('GET /orgs/{org}/repos', { org: 'northbridge', sort: 'size' as 'created' });
    expect(api.violations.join()).toMatch(/request query\.sort/);
  });

  it('finds a reply that the description does not have', async () => {
    const { octokit, api } = await client({ [REPOS]: { exactly: [{ full_name: 'northbridge/ledger' }] } });
    await octokit.rest.repos.listForOrg({ org: 'northbridge' });
    expect(api.violations.join()).toMatch(/response body/);
  });

  it('finds a request to what nobody expects', async () => {
    const { octokit, api } = await client({});
    await expect(octokit.rest.repos.get({ owner: 'northbridge', repo: 'ledger' })).rejects.toMatchObject({
      status: 501,
    });
    expect(api.violations).toEqual(['GET /repos/northbridge/ledger: no reply is given for it']);
  });

  it.each([401, 403, 404, 422, 429, 503])('refuses with %i', async (status) => {
    const headers = { 'retry-after': '1' };
    const { octokit, api } = await client({ [REPOS]: { status, headers, body: { message: 'Refused' } } });
    await expect(octokit.rest.repos.listForOrg({ org: 'northbridge' })).rejects.toMatchObject({ status });
    expect(api.violations).toEqual([]);
  });

  it('gives replies one after another, and drops a connection', async () => {
    const { octokit } = await client({ [REPOS]: ['drop', { body: [] }] });
    await expect(octokit.rest.repos.listForOrg({ org: 'northbridge' })).rejects.toThrow(
      /fetch failed|other side closed/,
    );
    expect((await octokit.rest.repos.listForOrg({ org: 'northbridge' })).data).toEqual([]);
  });
});
