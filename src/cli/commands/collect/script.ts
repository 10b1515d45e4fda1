import type { CollectedExport, CollectedSystem } from './collected-system.js';

const EXTRACTS = 'file,system,query,extracted_at,extractor,record_count,sha256,covers_from,covers_to';

/** Functions of every script: an export that fails leaves no file, is reported, and the rest goes on. */
const FUNCTIONS = `
OUT="\${OUT:-exports}"
MANIFEST="$OUT/extracts.csv"
FROM="\${FROM:-$(date -u -d '90 days ago' +%Y-%m-%dT00:00:00Z 2>/dev/null || date -u -v-90d +%Y-%m-%dT00:00:00Z)}"
TO="\${TO:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}"
FAILED=0

needs() {
  command -v "$1" >/dev/null || { echo "$1 is not installed" >&2; exit 1; }
}

sha256_of() {
  if command -v sha256sum >/dev/null; then sha256sum "$1" | cut -d' ' -f1; else shasum -a 256 "$1" | cut -d' ' -f1; fi
}

cell() {
  printf '"%s"' "\${1//\\"/\\"\\"}"
}

count_of() {
  case "$1" in
    csv) awk 'NR > 1 && length($0) > 0' "$2" | wc -l | tr -d ' ' ;;
    lines) awk 'length($0) > 0' "$2" | wc -l | tr -d ' ' ;;
    *) jq "$1" "$2" ;;
  esac
}

# take FILE SYSTEM QUERY COUNT COVERS_FROM COVERS_TO COMMAND...
take() {
  local file="$1" system="$2" query="$3" count="$4" from="$5" to="$6" at records value
  shift 6
  at="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  mkdir -p "$(dirname "$OUT/$file")"
  if ! "$@" >"$OUT/$file.part" || ! records="$(count_of "$count" "$OUT/$file.part")"; then
    echo "not taken: $file ($query)" >&2
    rm -f "$OUT/$file.part"
    FAILED=1
    return 0
  fi
  mv "$OUT/$file.part" "$OUT/$file"
  for value in "$file" "$system" "$query" "$at" "$EXTRACTOR" "$records" "$(sha256_of "$OUT/$file")" "$from"; do
    cell "$value" && printf ','
  done >>"$MANIFEST"
  { cell "$to" && printf '\\n'; } >>"$MANIFEST"
  echo "taken: $file, $records records"
}
`;

/** Returns a Bash script that takes the exports of systems and writes down how each was taken. It only reads. */
export function collectScript(systems: readonly CollectedSystem[], version: string): string {
  return [
    '#!/usr/bin/env bash',
    `# Written by keyproof ${version} (collect --print). Read it, then run it where the systems can be reached.`,
    '# It reads and changes nothing in them. It writes the exports and extracts.csv, which states query, time, count and',
    '# SHA-256 of each, into the folder $OUT (default: exports). Then: keyproof audit "$OUT"',
    ...systems.flatMap(about),
    'set -uo pipefail',
    FUNCTIONS.trimEnd(),
    '',
    `EXTRACTOR='keyproof collect ${version}'`,
    'needs jq',
    `mkdir -p "$OUT" && echo '${EXTRACTS}' >"$MANIFEST" || exit 1`,
    ...systems.flatMap(commands),
    '',
    '[ "$FAILED" = 0 ] || { echo "Some exports were not taken; see above." >&2; exit 1; }',
    '',
  ].join('\n');
}

function about({ title, rights, settings }: CollectedSystem): string[] {
  return ['#', `# ${title}`, ...[...rights, ...settings].map((line) => `#   ${line}`)];
}

/** Returns the commands of a system, in a shell of their own: a system that cannot be reached stops none of the others. */
function commands({ title, programs, setup, groups }: CollectedSystem): string[] {
  const loops = groups.flatMap(({ each, exports }) => {
    const lines = exports.map((one) => take(title, one));
    if (!each) return lines;
    return [`for ${each.name} in $${each.words}; do`, ...lines.map((line) => `  ${line}`), 'done'];
  });
  const needed = programs.map((program) => `needs ${program}`);
  const ended = ['exit "$FAILED"', ')', '[ "$?" = 0 ] || FAILED=1'];
  return ['', `# ${title}`, '(', 'set -e', 'FAILED=0', ...needed, ...setup, ...loops, ...ended];
}

function take(title: string, { file, query, command, count, isLog }: CollectedExport): string {
  const [from, to] = isLog ? ['"$FROM"', '"$TO"'] : ["''", "''"];
  return `take "${file}" '${title}' "${query}" '${count}' ${from} ${to} ${command}`;
}
