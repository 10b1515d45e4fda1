import type { Octokit } from 'octokit';
import type { GithubExport } from '../model/index.js';
import { failureOf, type GithubFailure } from './client.js';
import { listPages } from './list-pages.js';

/** What is asked for. */
export type ExportQuery = {
  /** Name of the organisation. */
  organisation: string;
  /** First and last day of the audit log, ISO dates, both inclusive. */
  days: { from: string; to: string };
};

/** How one kind of export is fetched. */
export type ExportKind = {
  /** Adapter that reads it. */
  adapter: string;
  /** Beginning of the name of its file. */
  file: string;
  /** The request, as the register of extracts has it. */
  query(query: ExportQuery): string;
  /** Rights that the token needs, for the sentence about a refusal. */
  rights: string;
  /** Whether it is a log, which covers days. */
  covers: boolean;
  /** Pages of what the API gives, unchanged but for members that further requests add. */
  pages(octokit: Octokit, query: ExportQuery): AsyncIterable<unknown[]>;
};

/** Largest page of the API. */
const PAGE = 100;

/** Every kind of export, by name. */
export const EXPORTS: { readonly [E in GithubExport]: ExportKind } = {
  'secret-scanning': {
    adapter: 'github-secret-scanning',
    file: 'github-secret-scanning-alerts',
    query: ({ organisation }) => `GET /orgs/${organisation}/secret-scanning/alerts?hide_secret=true`,
    rights: '"Secret scanning alerts: read" on all repositories, of an owner or a security manager',
    covers: false,
    pages: (octokit, { organisation: org }) =>
      listPages(
        octokit.paginate.iterator('GET /orgs/{org}/secret-scanning/alerts', {
          org,
          hide_secret: true,
          per_page: PAGE,
        }),
      ),
  },
  repositories: {
    adapter: 'github-repositories',
    file: 'github-repositories',
    query: ({ organisation }) =>
      `GET /orgs/${organisation}/repos?type=all, and of each: secret-scanning/scan-history, protection and rules of the default branch`,
    rights: '"Metadata: read", "Administration: read" and "Secret scanning alerts: read" on all repositories',
    covers: false,
    pages: repositoryPages,
  },
  'audit-log': {
    adapter: 'github-audit-log',
    file: 'github-audit-log',
    query: ({ organisation, days }) =>
      `GET /orgs/${organisation}/audit-log?phrase=${phraseOf(days)}&include=all&order=asc`,
    rights:
      '"Administration: read" on the organisation (classic: read:audit_log), and GitHub Enterprise Cloud',
    covers: true,
    pages: (octokit, { organisation: org, days }) =>
      listPages<unknown>(
        octokit.paginate.iterator('GET /orgs/{org}/audit-log', {
          org,
          phrase: phraseOf(days),
          include: 'all',
          order: 'asc',
          per_page: PAGE,
        }),
      ),
  },
};

function phraseOf({ from, to }: ExportQuery['days']): string {
  return `created:${from}..${to}`;
}

/** Repositories asked about at the same time. */
const AT_ONCE = 5;

type Repository = { name: string; owner: { login: string }; default_branch?: string | null };

async function* repositoryPages(octokit: Octokit, { organisation }: ExportQuery): AsyncGenerator<unknown[]> {
  const pages = octokit.paginate.iterator('GET /orgs/{org}/repos', {
    org: organisation,
    type: 'all',
    per_page: PAGE,
  });
  for await (const data of listPages<Repository>(pages)) {
    for (let at = 0; at < data.length; at += AT_ONCE)
      yield await Promise.all(data.slice(at, at + AT_ONCE).map((one) => withDetails(octokit, one)));
  }
}

/**
 * Returns a repository with three members more: `scan_history`, `branch_protection` and `branch_rules` of its default branch, each as
 * the API gives it; null if GitHub states that there is none, absent if the token may not see it.
 */
async function withDetails(octokit: Octokit, repository: Repository): Promise<unknown> {
  const place = { owner: repository.owner.login, repo: repository.name };
  const branch = repository.default_branch;
  const history = detail(() =>
    octokit.request('GET /repos/{owner}/{repo}/secret-scanning/scan-history', place),
  );
  const ofBranch = branch
    ? [
        detail(() =>
          octokit.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', { ...place, branch }),
        ),
        detail(() =>
          octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', { ...place, branch }),
        ),
      ]
    : [];
  const [scanHistory, protection, rules] = await Promise.all([history, ...ofBranch]);
  return {
    ...repository,
    ...member('scan_history', scanHistory),
    ...member('branch_protection', protection),
    ...member('branch_rules', rules),
  };
}

function member(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

async function detail(request: () => Promise<{ data: unknown }>): Promise<unknown> {
  try {
    return (await request()).data;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null || !isOfTheRepository(failure)) throw error;
    return NONE.test(failure.stated) ? null : undefined;
  }
}

function isOfTheRepository({ status, rights }: GithubFailure): boolean {
  return status === 403 ? rights : OF_THE_REPOSITORY.includes(status ?? 0);
}

/** What GitHub answers for one repository; anything else is about the token, the connection or the server, and so about all of them. */
const OF_THE_REPOSITORY = [404, 409, 410, 422, 451];
/** What GitHub states if there is none. A bare `Not Found` is its answer to a token that may not see it, too. */
const NONE = /^(?:branch not protected|secret scanning is disabled)/i;
