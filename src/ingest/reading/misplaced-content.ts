import { isObject } from '../../text/is-object.js';
import type { FileSample } from '../adapter.js';
import { quote } from '../fields/quote.js';

/** A name that promises an export. */
const PROMISES = /\.(json|ndjson|jsonl|csv|tsv|tab|ya?ml)$/i;
const ERROR_MEMBERS = new Set(
  'message code error errors error_description status statusCode reason detail details title type trace_id requestId request_id timestamp path documentation_url __type Message Code Type RequestId innererror'.split(
    ' ',
  ),
);
/** Text of base64 as tools write it, before it is decoded. */
const BASE64 = /^[A-Za-z0-9+/\r\n]{120,}={0,2}\s*$/;

/** What base64 is of, by how the decoded text begins. The text itself is not shown: it may be a secret. */
const DECODED = [
  { begins: /^user,arn,/, what: 'an IAM credential report' },
  { begins: /^\s*[{[]\s*["{[\]}]/, what: 'a JSON text' },
  { begins: /^"?[A-Za-z][\w -]*"?(?:[,;\t]"?[A-Za-z][\w -]*"?){2,}[\r\n,;]/, what: 'a table' },
];

/** Tables that command lines print for people, by how they begin. */
const TABLES = [
  { begins: /^-{5,}\r?\n\|[ \w-]+\|\r?\n\+[-+]+\+/, tool: 'aws', instead: '--output json' },
  {
    begins: /^(?:={3,}.*={3,}\s+(?:\S+\s+)?){0,3}Key +Value\r?\n-{3} +-{5}/,
    tool: 'vault',
    instead: '-format=json',
  },
  { begins: /^\w+(?: {2,}\w+)+ *\r?\n-{3,}(?: {2,}-{3,})+/, tool: 'az', instead: '--output json' },
  { begins: /^(?:NAMESPACE +)?NAME +TYPE +DATA +AGE\b/, tool: 'kubectl', instead: '-o json' },
  { begins: /^NAME +CREATED +REPLICATION_POLICY +LOCATIONS/, tool: 'gcloud', instead: '--format=json' },
  { begins: /^KEY_ID +CREATED_AT +EXPIRES_AT/, tool: 'gcloud', instead: '--format=json' },
  { begins: /^Current \| +Key +\| +Description +\|/, tool: 'confluent', instead: '-o json' },
  {
    begins:
      /^(?=(?:[\s\S]{0,1000}\n)?(?:Vault ?Name|ARN|AccessKeyId|AppId|KeyId|SecretName|SubscriptionId|Thumbprint) +: )\w[\w ]*? *: [^\n]*\r?\n(?:\w[\w ]*? *: ?[^\n]*\r?\n){2}/,
    tool: 'PowerShell',
    instead: '| ConvertTo-Json -Depth 5',
  },
];

/**
 * Returns what was saved in place of an export, in one sentence with what to do: a pointer of Git LFS, a web page, an error message, base64,
 * SARIF of an old version, a table of a command line, a first record that cannot be seen. Null if the file is none of these. Such a file was meant as evidence, so it leaves the
 * audit incomplete.
 */
export function misplacedContent(sample: FileSample): string | null {
  const encoded = lfsPointer(sample) ?? base64(sample) ?? printedTable(sample);
  if (encoded !== null || !PROMISES.test(sample.name)) return encoded;
  return oldSarif(sample) ?? webPage(sample) ?? errorAnswer(sample) ?? errorText(sample) ?? longText(sample);
}

/** The longest text at the end of a head that can be an id or a name; what goes on is more than one. */
const OPEN_TEXT = /"[^"\\]{2048,}$/;

/** Returns a sentence on a list whose first record does not end within what is looked at, because of one long text. */
function longText({ kind, head, partial }: FileSample): string | null {
  const isFirst = partial === null || (Array.isArray(partial) && partial.length <= 1);
  if ((kind !== 'json' && kind !== 'ndjson') || !isFirst || !OPEN_TEXT.test(head)) return null;
  return 'the text of a field of the first record is so long that what the file lists cannot be told: correct that record, or state the format in keyproof.yaml (as:)';
}

function lfsPointer({ head }: FileSample): string | null {
  return head.startsWith('version https://git-lfs.github.com/spec/')
    ? 'a pointer of Git LFS is here instead of the export: fetch the file (git lfs pull; in a workflow, lfs: true of actions/checkout)'
    : null;
}

function printedTable({ head }: FileSample): string | null {
  const table = TABLES.find(({ begins }) => begins.test(head.trimStart()));
  return table === undefined
    ? null
    : `a table that ${table.tool} prints for people was saved instead of the export: export again with ${table.instead}`;
}

function webPage({ head }: FileSample): string | null {
  if (!/^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html)\b/i.test(head)) return null;
  const title = /<title[^>]*>([^<]{1,200})<\/title>/i.exec(head)?.[1]?.trim();
  return `a web page${title ? ` (${quote(title)})` : ''} was saved instead of the export: sign in and export again`;
}

/** Returns a JSON answer that holds nothing but an error. */
function errorAnswer({ first, kind }: FileSample): string | null {
  if ((kind !== 'json' && kind !== 'ndjson') || !isObject(first)) return null;
  const names = Object.keys(first);
  const text = errorMessage(first) ?? errorMessage(first['error']) ?? errorMessage(first['Error']);
  const only = names.every((name) => ERROR_MEMBERS.has(name) || name === 'Error');
  return text !== null && only
    ? `an error message (${quote(text)}) was saved instead of the export: check the rights and export again`
    : null;
}

function errorMessage(value: unknown): string | null {
  if (!isObject(value)) return null;
  const text =
    value['message'] ?? value['Message'] ?? value['error_description'] ?? value['error'] ?? value['detail'];
  return typeof text === 'string' && text !== '' ? text : null;
}

/** Returns what a command line prints when it fails. */
function errorText({ head }: FileSample): string | null {
  const line = head.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? '';
  const failed =
    /^(?:An error occurred \(|ERROR: |Error: |error: |fatal: |Traceback \(most recent|aws: error)/.test(line);
  return failed
    ? `an error message (${quote(line)}) was saved instead of the export: mend it and export again`
    : null;
}

function base64({ head }: FileSample): string | null {
  const text = (/^\s*"?([^\t"]+)/.exec(head)?.[1] ?? '').trim();
  const lines = text.slice(0, text.length - (text.length % 4));
  if (!BASE64.test(text) && !BASE64.test(lines)) return null;
  const decoded = Buffer.from(lines.replace(/\s/g, ''), 'base64').toString('utf8');
  const what = DECODED.find(({ begins }) => begins.test(decoded))?.what;
  return what ? `base64 of ${what}: decode it (base64 --decode) and audit that` : null;
}

/** Returns a sentence on SARIF of a version that no adapter reads. */
function oldSarif({ partial, head }: FileSample): string | null {
  if (!isObject(partial) || !Array.isArray(partial['runs']) || !/"\$schema"\s*:\s*"[^"]*sarif/.test(head))
    return null;
  const version = /"version"\s*:\s*"([\w.-]{1,30})"/.exec(head)?.[1] ?? 'unknown';
  return `SARIF of version ${version}, which is not read: write it as SARIF 2.1.0, or as the scanner's own JSON`;
}
