import { type Server, startServer } from './server.js';

/** The service of GitHub that keeps artifacts and caches, with its storage: Twirp over HTTP, and blobs in blocks as Azure has them. */
export type ResultsService = Server & {
  /** Artifacts that were finished, by name. */
  artifacts: Map<string, Buffer>;
  /** Caches that were finished, by key. */
  caches: Map<string, Buffer>;
  /** Names of artifacts that the run has already, and takes no second one of. */
  taken: Set<string>;
  /** What is answered with which status instead, by method of Twirp, or by method of HTTP for the storage. */
  failing: Map<string, number>;
  /** Keeps an artifact under another name, as that of an earlier run. @returns the address from which it is downloaded. */
  earlier(name: string): string;
  /** Variables with which a runner tells a step of the service. */
  env: { [name: string]: string };
};

const RUN = 'ce7f54c7-61c7-4aae-887f-30da475f5f1a';
const CONFLICT = {
  code: 'already_exists',
  msg: 'an artifact with this name already exists on the workflow run',
};
const TWIRP_FAULT = { body: { code: 'unavailable', msg: 'the service is not available' } };
const STORAGE_FAULT = {
  type: 'application/xml',
  body: '<?xml version="1.0" encoding="utf-8"?><Error><Code>ServerBusy</Code><Message>The server is busy.</Message></Error>',
};
const JOB = 'ca395085-040a-526b-2ce8-bdc85f692774';

/** Starts the service. */
export async function startResultsService(): Promise<ResultsService> {
  const blobs = new Map<string, Buffer>();
  const blocks = new Map<string, Buffer>();
  const artifacts = new Map<string, Buffer>();
  const taken = new Set<string>();
  const failing = new Map<string, number>();
  const caches = new Map<string, Buffer>();
  const blobUrl = (name: string) =>
    `${server.url}/storage/container/${encodeURIComponent(name)}?sig=northbridge`;
  const methods: { [method: string]: (given: { [field: string]: string }) => object } = {
    CreateArtifact: ({ name = '' }) => ({ ok: true, signed_upload_url: blobUrl(`artifact-${name}`) }),
    FinalizeArtifact: ({ name = '' }) => {
      artifacts.set(name, blobs.get(`artifact-${name}`) ?? Buffer.alloc(0));
      return { ok: true, artifact_id: String(artifacts.size) };
    },
    CreateCacheEntry: ({ key = '' }) => ({ ok: true, signed_upload_url: blobUrl(`cache-${key}`) }),
    FinalizeCacheEntryUpload: ({ key = '' }) => {
      caches.set(key, blobs.get(`cache-${key}`) ?? Buffer.alloc(0));
      return { ok: true, entry_id: String(caches.size) };
    },
    GetCacheEntryDownloadURL: ({ key = '' }) => {
      if (!caches.has(key)) return { ok: false };
      blobs.set(`cache-${key}`, caches.get(key) as Buffer);
      return { ok: true, signed_download_url: blobUrl(`cache-${key}`), matched_key: key };
    },
  };
  const server: Server = await startServer((request, body, url) => {
    const status = failing.get(/^\/twirp\/.*\/(\w+)$/.exec(url.pathname)?.[1] ?? `${request.method}`);
    if (status !== undefined)
      return { status, ...(url.pathname.startsWith('/twirp/') ? TWIRP_FAULT : STORAGE_FAULT) };
    const method = /^\/twirp\/[\w.]+\/(\w+)$/.exec(url.pathname)?.[1];
    if (method !== undefined) {
      const given = JSON.parse(body.toString());
      if (method === 'CreateArtifact' && taken.has(given.name)) return { status: 409, body: CONFLICT };
      return { body: methods[method]?.(given) ?? {} };
    }
    const blob = decodeURIComponent(url.pathname.replace('/storage/container/', ''));
    if (request.method === 'GET')
      return { type: 'application/zip', body: blobs.get(blob) ?? Buffer.alloc(0) };
    if (url.searchParams.get('comp') === 'block')
      blocks.set(`${blob}/${url.searchParams.get('blockid')}`, body);
    else if (url.searchParams.get('comp') === 'blocklist')
      blobs.set(blob, Buffer.concat(blockIds(body).map((id) => blocks.get(`${blob}/${id}`) as Buffer)));
    else blobs.set(blob, body);
    return { status: 201 };
  });
  const earlier = (name: string) => {
    blobs.set(`earlier-${name}`, artifacts.get(name) ?? Buffer.alloc(0));
    return blobUrl(`earlier-${name}`);
  };
  const env = {
    ACTIONS_RESULTS_URL: `${server.url}/`,
    ACTIONS_CACHE_SERVICE_V2: 'true',
    ACTIONS_RUNTIME_TOKEN: runtimeToken(),
  };
  return { ...server, artifacts, taken, failing, caches, earlier, env };
}

function blockIds(list: Buffer): string[] {
  return [...list.toString().matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map(
    ([, id]) => id ?? '',
  );
}

/** A token as a runner has it: what the service reads of it is its scope, and nobody checks its signature here. */
function runtimeToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'none' }), part({ scp: `Actions.Results:${RUN}:${JOB}` }), 'unsigned'].join('.');
}
