import { readFileSync } from 'node:fs';

// A lockfile written where a registry lacks some platform's package leaves that package out, and `npm ci` then refuses
// the whole lockfile everywhere. Every optional dependency of every package must have its entry.
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
);
if (missing.length > 0) {
  console.error(`package-lock.json lacks ${missing.join(', ')}: npm ci would refuse it.`);
  process.exit(1);
}

function isLocked(path, name) {
  return `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;
}
