import { prettyJson } from '../../shared/formats.mjs';
import { sha256 } from '../../shared/random.mjs';
import { AS_OF, DAY, HOUR, isoSeconds } from '../../shared/time.mjs';
import { mail, SERVICES } from './cast.mjs';

/** Repositories: one for each service, and one that holds what describes the platform. */
export const createRepositories = () =>
  [...SERVICES, { name: 'platform-infra', pci: 'connected', icfr: true }].map((service, index) => ({
    id: `marenholt/${service.name}`,
    name: service.name,
    number: 410_000 + index,
    scanned: AS_OF - (index % 3) * DAY - 3 * HOUR,
    hook: true,
    sensitive: ['.env.example'],
    ignored: ['node_modules/', 'target/', '.env', '.env.*', '!.env.example', '*.pem', '*.p12', '*.key'],
    pci: service.pci ?? 'out',
    icfr: service.icfr === true,
    findings: [],
  }));

/** `gh api orgs/marenholt/repos --paginate`, with the history of secret scanning of each. */
export const githubRepositories = (repositories) => prettyJson(repositories.map(githubRepository));

function githubRepository({ id, name, number, scanned }) {
  return {
    id: number,
    node_id: `R_${sha256(id).slice(0, 10)}`,
    name,
    full_name: id,
    private: true,
    owner: { login: 'marenholt', type: 'Organization' },
    html_url: `https://github.com/${id}`,
    clone_url: `https://github.com/${id}.git`,
    ssh_url: `git@github.com:${id}.git`,
    default_branch: 'main',
    archived: false,
    visibility: 'private',
    security_and_analysis: {
      secret_scanning: { status: 'enabled' },
      secret_scanning_push_protection: { status: 'enabled' },
    },
    scan_history: {
      incremental_scans: [
        { type: 'git', status: 'completed', completed_at: isoSeconds(Math.floor(scanned / 1000) * 1000) },
      ],
      backfill_scans: [
        {
          type: 'git',
          status: 'completed',
          started_at: '2026-01-12T01:00:00Z',
          completed_at: '2026-01-12T03:20:00Z',
        },
      ],
    },
  };
}

/** `gitleaks git --report-format json`, for the repositories of payments, cards and channels. */
const gitleaks = ({ findings }) => `${JSON.stringify(findings.map(gitleaksFinding), null, 1)}\n`;

function gitleaksFinding({ file, line, secret, committed, author, rule }) {
  const commit = commitOf(file, committed);
  return {
    RuleID: rule,
    Description: 'Detected a generic API key, potentially exposing access to services.',
    StartLine: line,
    EndLine: line,
    StartColumn: 10,
    EndColumn: 10 + secret.length,
    Match: `password: ${secret}`,
    Secret: secret,
    File: file,
    SymlinkFile: '',
    Commit: commit,
    Entropy: 3.4,
    Author: author,
    Email: mail(author),
    Date: isoSeconds(committed),
    Message: 'set up load test',
    Tags: [],
    Fingerprint: `${commit}:${file}:${rule}:${line}`,
  };
}

const commitOf = (file, committed) => sha256(`commit ${file} ${committed}`).slice(0, 40);

/** What `trufflehog git --json` prints with its own log, for the repositories of lending, finance and risk. */
const trufflehog = ({ id, scanned }) =>
  [
    log(scanned, 'running source', { source_manager_worker_id: sha256(id).slice(0, 5), with_units: true }),
    log(scanned + 61_000, 'finished scanning', {
      chunks: 4210,
      bytes: 18_230_114,
      verified_secrets: 0,
      unverified_secrets: 0,
      scan_duration: '1m1.2s',
      trufflehog_version: '3.90.8',
    }),
  ].join('');

const log = (time, msg, facts) =>
  `${JSON.stringify({ level: 'info-0', ts: new Date(time).toISOString(), logger: 'trufflehog', msg, ...facts })}\n`;

/** SARIF of gitleaks, as the pipeline of the platform uploads it. */
const sarif = () =>
  prettyJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gitleaks',
            semanticVersion: 'v8.28.0',
            informationUri: 'https://github.com/gitleaks/gitleaks',
            rules: [{ id: 'generic-api-key', shortDescription: { text: 'Generic API Key' } }],
          },
        },
        results: [],
      },
    ],
  });

const BY_TRUFFLEHOG = ['loan-origination', 'onboarding', 'general-ledger', 'fraud-scoring', 'screening'];

/** What the scanners report, each in its own format. */
export function scannerFiles(repositories) {
  return {
    'repositories/github-repositories.json': githubRepositories(repositories),
    'repositories/github-secret-scanning-alerts.json': prettyJson(repositories.flatMap(alertsOf)),
    ...Object.fromEntries(repositories.map(reportOf)),
  };
}

function reportOf(repository) {
  const { name } = repository;
  if (name === 'platform-infra') return ['repositories/gitleaks/marenholt__platform-infra.sarif', sarif()];
  if (BY_TRUFFLEHOG.includes(name))
    return [`repositories/trufflehog/marenholt__${name}.jsonl`, trufflehog(repository)];
  return [`repositories/gitleaks/marenholt__${name}.json`, gitleaks(repository)];
}

/** Alerts of GitHub about the same secrets, exported without their values. */
function alertsOf({ id, findings }) {
  return findings.map(({ committed }, index) => {
    const api = `https://api.github.com/repos/${id}/secret-scanning/alerts/${index + 1}`;
    return {
      number: index + 1,
      created_at: isoSeconds(committed),
      updated_at: isoSeconds(committed),
      url: api,
      html_url: `https://github.com/${id}/security/secret-scanning/${index + 1}`,
      locations_url: `${api}/locations`,
      state: 'open',
      resolution: null,
      resolved_at: null,
      resolved_by: null,
      resolution_comment: null,
      secret_type: 'generic_password',
      secret_type_display_name: 'Password',
      validity: 'unknown',
      publicly_leaked: false,
      multi_repo: false,
      push_protection_bypassed: false,
      repository: { full_name: id },
    };
  });
}
