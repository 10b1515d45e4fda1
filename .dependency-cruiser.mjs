const STAGES = [
  'ingest',
  'store',
  'rego',
  'evaluate',
  'assess',
  'report',
  'pack',
  'config',
  'replay',
  'describe',
];

/** Rooms of the house that a room may import, beside itself and the model. */
const ALLOWED = { ingest: ['store'], evaluate: ['store', 'rego'], assess: ['store'] };

const arrows = STAGES.map((room) => ({
  name: `${room}-stays-in-its-room`,
  comment: `src/${room} imports the model${ALLOWED[room] ? `, ${ALLOWED[room].join(' and ')}` : ''} and nothing else of ours. Stages do not know each other: src/audit.ts alone knows their order. Pass what you need as an argument.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${room}/`,
      '^src/model/',
      '^src/secrets/',
      '^src/package-root\\.ts$',
      ...(ALLOWED[room] ?? []).map((other) => `^src/${other}/(index|record-part|loaded-policy)\\.ts$`),
    ],
  },
}));

export default {
  forbidden: [
    ...arrows,
    {
      name: 'model-imports-nothing-of-ours',
      comment:
        'The model is the nouns everybody shares; if it imported a stage, every stage would depend on that stage.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    {
      name: 'secrets-import-nothing-of-ours',
      comment:
        'src/secrets is ground floor: what a token looks like, its fingerprint, how it is redacted. Any room may import it.',
      severity: 'error',
      from: { path: '^src/secrets/' },
      to: { path: '^src/', pathNot: '^src/secrets/' },
    },
    {
      name: 'only-audit-knows-the-stages',
      comment:
        'The order of the stages stands in src/audit.ts (and, for the pack, src/write-evidence.ts; for one finding, src/replay-finding.ts; for the pages about rules and frameworks, src/document.ts); index.ts re-exports. Anything else reaches them through index.ts.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          ...STAGES.map((room) => `^src/${room}/`),
          '^src/(audit|write-evidence|replay-finding|document|index)\\.ts$',
        ],
      },
      to: { path: STAGES.map((room) => `^src/${room}/`) },
    },
    {
      name: 'command-line-uses-the-public-api',
      comment:
        'src/cli and src/action see what any user of the library sees: src/index.ts. What they lack there is missing from the public API. (The version, which index.ts exports too, is asked for without loading all the rest.)',
      severity: 'error',
      from: { path: '^src/(cli|action)/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(cli|action)/', '^src/index\\.ts$', '^src/tool-version\\.ts$', '^src/model/'],
      },
    },
    {
      name: 'rooms-are-entered-by-the-front-door',
      comment: 'Import a room through its index.ts, so that its files can be moved without anybody noticing.',
      severity: 'error',
      from: { path: '^src/(audit|write-evidence|replay-finding|document|index)\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/[^/]+/index\\.ts$', '^src/secrets/'] },
    },
    {
      name: 'report-does-not-touch-the-disk',
      comment:
        'A renderer turns an assessment into bytes. Only the template loader and the browser read files; who writes them is src/write-evidence.ts.',
      severity: 'error',
      from: {
        path: '^src/report/',
        pathNot: ['^src/report/(html/templates|pdf/|.*templates|.*fonts|.*assets)'],
      },
      to: { path: '^(node:)?fs' },
    },
    {
      name: 'no-circles',
      comment: 'A circle means that two files are one; join them or take out what both need.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'runtime-dependencies-are-declared',
      comment: 'A user installs dependencies and optionalDependencies only.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
