import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distinctTexts } from '../text/compare-text.js';
import { gitAnswer } from './git/git.js';
import type { Hygiene } from './report.js';

const SENSITIVE =
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[^/]*\.env|[^/]+\.(?:pem|key|p12|pfx|jks|jceks|keystore|kdbx|ppk|ovpn|agekey)|id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|_netrc|\.pgpass|\.git-credentials|\.htpasswd|\.dockercfg|\.npmrc|\.pypirc|\.s3cfg|credentials\.json|service-account[\w-]*\.json|master\.key|terraform\.tfstate)$/i;
const PUBLIC_PART = /\.pub$|(?:^|[._-])(?:pub|public)\.(?:pem|key)$/i;

/** Files that configure hooks, and what names a scanner in them. */
const HOOK_FILE =
  /^(?:\.pre-commit-config\.ya?ml|prek\.toml|(?:\.config\/)?\.?lefthook\.(?:ya?ml|toml|jsonc?)|\.overcommit\.yml|\.(?:husky|githooks)\/[\w-]+|\.lintstagedrc(?:\.\w+)?|lint-staged\.config\.\w+|\.?simple-git-hooks\.\w+|captainhook\.json|grumphp\.ya?ml|package\.json)$/;
const SCANNER =
  /keyproof\s+scan|keyproof-scan|gitleaks|detect-secrets|trufflehog|ggshield|git-secrets|talisman|secretlint|detect-private-key|detect-aws-credentials|whispers|kingfisher|noseyparker/g;

/** Returns what a repository has configured against secrets, by its tracked files. */
export async function hygieneOf(
  folder: string,
  tracked: readonly string[],
  isBare: boolean,
): Promise<Hygiene> {
  const read = (path: string) => textOf(folder, path, isBare);
  const hooks = await Promise.all(tracked.filter((path) => HOOK_FILE.test(path)).map(read));
  const ignored = tracked.includes('.gitignore') ? await read('.gitignore') : '';
  return {
    sensitiveFiles: distinctTexts(tracked.filter((path) => SENSITIVE.test(path) && !PUBLIC_PART.test(path))),
    ignorePatterns: ignored
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
    hooks: distinctTexts(hooks.flatMap(scannersIn)),
  };
}

function scannersIn(text: string): string[] {
  return [...text.matchAll(SCANNER)].map(([name]) => name.replace(/\s+/, ' '));
}

async function textOf(folder: string, path: string, isBare: boolean): Promise<string> {
  if (isBare) return (await gitAnswer(folder, ['show', `HEAD:${path}`])) ?? '';
  return readFile(join(folder, path), 'utf8').catch(() => '');
}
