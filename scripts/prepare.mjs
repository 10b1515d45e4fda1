/**
 * Builds what is published, whenever npm prepares this folder. If it is installed from git with `--global`, as pre-commit does, npm
 * prepares a clone without its dependencies: they are installed first.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const npm = (...args) => {
  const { status } = spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync('node_modules/typescript'))
  npm('ci', '--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
npm('run', '--silent', '--global=false', 'build');
