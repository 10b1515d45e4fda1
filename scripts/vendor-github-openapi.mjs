// Copies the operations that keyproof calls out of GitHub's OpenAPI description (no option), or proves that the committed
// copy is made of that description (--check; passed over, in a sentence, if the npm registry cannot be reached).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@octokit/openapi@23.0.2';
/** Enterprise Cloud: the description of github.com lacks the audit log. */
const DESCRIPTION = 'package/generated/ghec.json';

/** What keyproof and its Action call: methods by path. */
const OPERATIONS = {
  '/orgs/{org}/secret-scanning/alerts': ['get'],
  '/orgs/{org}/repos': ['get'],
  '/orgs/{org}/audit-log': ['get'],
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/branches/{branch}/protection': ['get'],
  '/repos/{owner}/{repo}/rules/branches/{branch}': ['get'],
  '/repos/{owner}/{repo}/secret-scanning/alerts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['get'],
  '/repos/{owner}/{repo}/secret-scanning/scan-history': ['get'],
  '/repos/{owner}/{repo}/code-scanning/sarifs': ['post'],
  '/repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/contents/{path}': ['get'],
};

/**
 * Any operation may be refused: for missing rights, as unknown, as invalid, or because of a rate limit, which GitHub describes
 * once for all (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api) and not at each operation.
 */
const REFUSALS = [401, 403, 404, 422, 429, 500, 502, 503];
const REFUSAL = {
  description: 'Refused',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/basic-error' } } },
};

/** For people only. */
const LEFT_OUT = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'tags']);

const copy = fileURLToPath(new URL('../test/support/github/openapi.json', import.meta.url));
const check = process.argv.includes('--check');
const description = published();

if (description === null) {
  if (!check) throw new Error(`npm pack ${PACKAGE} failed: the registry is needed to copy the description.`);
  console.log('GitHub OpenAPI description: not compared; the npm registry cannot be reached here.');
} else if (!check) {
  writeFileSync(copy, trimmed(description));
} else if (readFileSync(copy, 'utf8') === trimmed(description)) {
  console.log(`GitHub OpenAPI description: the committed copy is made of ${PACKAGE}.`);
} else {
  console.error(`${copy} is not made of ${PACKAGE}: run node scripts/vendor-github-openapi.mjs.`);
  process.exitCode = 1;
}

/** Returns the description as it is published; null if it cannot be had. */
function published() {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-openapi-'));
  try {
    const args = ['pack', '--silent', '--pack-destination', folder, PACKAGE];
    const archive = execFileSync('npm', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder, DESCRIPTION]);
    return JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8'));
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function trimmed({ openapi, info, servers, paths, components }) {
  const kept = {};
  for (const [path, methods] of Object.entries(OPERATIONS)) {
    const { parameters } = paths[path];
    kept[path] = { ...(parameters && { parameters: plain(parameters) }) };
    for (const method of methods) kept[path][method] = refusable(plain(paths[path][method]));
  }
  const used = { schemas: { 'basic-error': plain(components.schemas['basic-error']) } };
  addReferenced(kept, components, used);
  const sorted = Object.fromEntries(Object.entries(used).map(([kind, named]) => [kind, inOrder(named)]));
  const { title, version, license } = info;
  const document = {
    openapi,
    info: { title, version, license, 'x-copied-from': `${PACKAGE}, ${DESCRIPTION}` },
    servers,
    paths: kept,
    components: inOrder(sorted),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** Adds to `used`, by kind and name, every component that a value refers to, and what those refer to. */
function addReferenced(value, components, used) {
  if (typeof value !== 'object' || value === null) return;
  const [, kind, name] = /^#\/components\/(\w+)\/(.+)$/.exec(value.$ref ?? '') ?? [];
  if (kind !== undefined && used[kind]?.[name] === undefined) {
    used[kind] ??= {};
    used[kind][name] = plain(components[kind][name]);
    addReferenced(used[kind][name], components, used);
  }
  for (const member of Object.values(value)) addReferenced(member, components, used);
}

function refusable(operation) {
  const refusals = Object.fromEntries(REFUSALS.map((status) => [status, REFUSAL]));
  return { ...operation, responses: { ...refusals, ...operation.responses } };
}

/** Returns a value without what is for people only; members of a map of names, such as `properties`, are all kept. */
function plain(value, isMap = false) {
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(
    ([name]) => isMap || !(LEFT_OUT.has(name) || name.startsWith('x-')),
  );
  const kept = members.map(([name, member]) => [name, plain(member, name === 'properties' && !isMap)]);
  return Object.fromEntries([...(isResponse(value) ? [['description', value.description]] : []), ...kept]);
}

/** A response must have a description; unlike a parameter, a schema or an operation it has nothing else, or content. */
function isResponse({ description, content, headers, ...rest }) {
  return typeof description === 'string' && Object.keys(rest).every((name) => name.startsWith('x-'));
}

function inOrder(named) {
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}
