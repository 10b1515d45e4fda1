import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

/** Published schemas: file name -> type in src/model. The types are the source; `--check` fails on a difference. */
const published = {
  records: 'CanonicalRecords',
  'dossier-key': 'KeyDossier',
  'dossier-principal': 'PrincipalDossier',
  'dossier-repository': 'RepositoryDossier',
  'dossier-route': 'RouteDossier',
  'dossier-vendor': 'VendorDossier',
  'dossier-incident': 'IncidentDossier',
  'dossier-organisation': 'OrganisationDossier',
  config: 'ConfigFile',
  framework: 'Framework',
  policy: 'PolicyCustom',
  assessment: 'Assessment',
  summary: 'AuditSummary',
  manifest: 'Manifest',
  'run-record': 'RunRecord',
  'input-file': 'InputFile',
  diff: 'PackDiff',
  trend: 'PackTrend',
  waivers: 'WaiverFile',
};

const root = new URL('../', import.meta.url);
const folder = new URL('src/model/schemas/', root);
const check = process.argv.includes('--check');
const generator = createGenerator({
  path: fileURLToPath(new URL('src/model/index.ts', root)),
  tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
  topRef: false,
  additionalProperties: false,
  skipTypeCheck: true,
  sortProps: false,
});

/** `Bounded<KeySummary>` and its URL-encoded form, neither of which every validator takes as a reference. */
const genericName = /(Bounded|Dossier)(?:<|%3C)(\w+)(?:>|%3E)/g;

mkdirSync(folder, { recursive: true });
const stale = Object.entries(published).filter(([name, type]) => {
  const schema = { $id: `urn:keyproof:schema:${name}:1`, ...generator.createSchema(type) };
  const text = `${JSON.stringify(schema, null, 2)}\n`.replaceAll(genericName, '$1$2');
  const file = new URL(`${name}.json`, folder);
  if (check) return readFileSync(file, 'utf8') !== text;
  writeFileSync(file, text);
  return false;
});
if (stale.length > 0) {
  console.error(
    `Out of date: ${stale.map(([name]) => `src/model/schemas/${name}.json`).join(', ')}. Run npm run generate.`,
  );
  process.exit(1);
}
