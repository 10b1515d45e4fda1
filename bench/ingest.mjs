import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ingest } from '../dist/ingest/index.js';

// `node bench/ingest.mjs [MB]`: one big CSV file and one gzip CloudTrail file, read in this thread from first byte to last.
const megabytes = Number(process.argv[2] ?? 200);
const root = mkdtempSync(join(tmpdir(), 'keyproof-ingest-'));
const FILES = { 'keys.csv': csv, 'AWSLogs/trail_CloudTrail_eu-west-1.json.gz': trail };

try {
  for (const [name, content] of Object.entries(FILES)) await measure(name, content(megabytes * 1e6));
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function measure(name, chunks) {
  const folder = join(root, name.replaceAll('/', '-'));
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  const gzip = name.endsWith('.gz') ? [createGzip({ level: 1 })] : [];
  await pipeline(Readable.from(chunks), ...gzip, createWriteStream(path));
  const [cpu, start, before] = [process.cpuUsage(), Date.now(), bytesRead()];
  const { files } = await ingest(planFor(folder), join(root, 'parts', name.replaceAll('/', '-')), () => {});
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (Date.now() - start) / 1000;
  const read = Math.round((bytesRead() - before) / 1e6);
  const size = `${Math.round(statSync(path).size / 1e6)} MB (${megabytes} MB of text)`;
  const cpuSeconds = (user + system) / 1e6;
  console.log(
    `${name}: ${size}, ${files[0].records} records, ${cpuSeconds.toFixed(1)} CPU s, ${seconds.toFixed(1)} s, ` +
      `${Math.round(megabytes / cpuSeconds)} MB a CPU s, ${read} MB read, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
}

/** Bytes that this process has asked the system for, as Linux counts them; 0 elsewhere. */
function bytesRead() {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function planFor(folder) {
  return { root: folder, paths: [folder], sources: [], ignore: [], output: join(folder, 'out'), workers: 1 };
}

function* csv(bytes) {
  yield 'key_id,name,environment,owner,store,created,last_rotated,risk_tier,scopes,purpose\n';
  let size = 0;
  for (let n = 0; size < bytes; ) {
    const rows = Array.from({ length: 1000 }, () => row(n++)).join('');
    size += Buffer.byteLength(rows);
    yield rows;
  }
}

function row(n) {
  return `KEY-${n},prod/payments/${n},production,team-${n % 97}@northbridge.example,vault,2026-01-${(n % 18) + 10},2026-05-02T10:00:00Z,high,payments:read;payments:write,"Zahlungsverkehr Zürich, Schalter ${n}"\n`;
}

function* trail(bytes) {
  yield '{"Records":[';
  let size = 0;
  for (let n = 0; size < bytes; ) {
    const text = Array.from({ length: 500 }, () => event(n++)).join(',');
    size += text.length;
    yield `${size > text.length ? ',' : ''}${text}`;
  }
  yield ']}';
}

function event(n) {
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:i-0abc123def456${n % 9000}`,
      arn: 'arn:aws:sts::111122223333:assumed-role/payments-api/i-0abc123def4567890',
      accountId: '111122223333',
      sessionContext: { attributes: { creationDate: '2026-09-10T01:00:00Z', mfaAuthenticated: 'false' } },
    },
    eventTime: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: n % 50 === 0 ? 'PutSecretValue' : 'GetSecretValue',
    awsRegion: 'eu-west-1',
    sourceIPAddress: `10.20.${n % 250}.9`,
    userAgent: 'aws-sdk-java/2.25.11 Linux/5.10.0-28 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS',
    requestParameters: { secretId: `prod/payments-core/api-key-${n % 5000}` },
    responseElements: null,
    requestID: `11111111-0000-4000-a000-${String(n).padStart(12, '0')}`,
    eventID: `22222222-0000-4000-a000-${String(n).padStart(12, '0')}`,
    readOnly: n % 50 !== 0,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
  });
}
