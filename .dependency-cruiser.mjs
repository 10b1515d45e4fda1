/** Rooms that any other room may import: the nouns, and plain tools that know no noun or only these. */
const GROUND = ['model', 'text', 'secrets', 'assets', 'duckdb'];

/** Rooms of the house, each with the rooms it may import beside the ground floor. */
const ROOMS = {
  config: [],
  scan: [],
  ingest: [],
  store: [],
  opa: [],
  policies: ['opa'],
  evaluate: ['opa', 'policies'],
  assess: ['store'],
  pack: [],
  report: [],
  diff: ['pack'],
  merge: [],
  github: [],
  redact: [],
};

const ground = `^src/(${GROUND.join('|')})/`;
const stages = `^src/(${Object.keys(ROOMS).join('|')})/`;

/** Files of other rooms that may be imported beside their index.ts, so that a worker loads only what it runs. */
const SIDE_DOORS = '^src/(opa/|policies/said-by-policy\\.ts$)';

const arrows = Object.entries(ROOMS).map(([room, others]) => ({
  name: `${room}-stays-in-its-room`,
  comment: `src/${room} imports ${['the ground floor', ...others].join(' and ')} and nothing else of ours. Stages do not know each other: src/audit.ts alone knows their order. Pass what you need as an argument.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${room}/`,
      ground,
      ...others.map((other) => `^src/${other}/index\\.ts$`),
      ...(others.includes('opa') ? [SIDE_DOORS] : []),
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
      name: 'ground-floor-stays-down',
      comment:
        'src/text, src/secrets, src/assets and src/duckdb are used by every room, so they import each other and the model only.',
      severity: 'error',
      from: { path: '^src/(text|secrets|assets|duckdb)/' },
      to: { path: '^src/', pathNot: ground },
    },
    {
      name: 'only-audit-knows-the-stages',
      comment:
        'The order of the stages stands in src/audit.ts and its two halves, src/gather.ts (evidence) and src/render-pack.ts (outputs), and src/merge-packs.ts, which has the second half of them; index.ts re-exports. src/diff, a reader of packs, opens them; src/explain, another, asks stages for the pages about rules and frameworks and to do one evaluation again. Anything else reaches them through index.ts.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          stages,
          '^src/explain/',
          '^src/(audit|gather|render-pack|render-redacted|merge-packs|index)\\.ts$',
        ],
      },
      to: { path: stages },
    },
    {
      name: 'command-line-uses-the-public-api',
      comment:
        'src/cli and src/action see what any user of the library sees: src/index.ts. What they lack there is missing from the public API. (The ground floor, with the version, can be loaded without all the rest.)',
      severity: 'error',
      from: { path: '^src/(cli|action)/' },
      to: { path: '^src/', pathNot: ['^src/(cli|action)/', '^src/index\\.ts$', ground] },
    },
    {
      name: 'the-action-is-bundled',
      comment:
        'src/action is a program of its own, bundled with what it needs from @actions; nothing else of ours imports it. What starts it unpacks the rest, so it cannot import it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/action/' },
      to: { path: '^src/action/' },
    },
    {
      name: 'the-action-starts-alone',
      comment: 'src/action/start.ts runs before the bundle is unpacked: it knows only how to unpack it.',
      severity: 'error',
      from: { path: '^src/action/(start|unpack-bundle)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/action/unpack-bundle\\.ts$' },
    },
    {
      name: 'rooms-are-entered-by-the-front-door',
      comment: 'Import a room through its index.ts, so that its files can be moved without anybody noticing.',
      severity: 'error',
      from: {
        path: '^src/(explain/.*|audit|audit-result|gather|merge-packs|render-pack|render-redacted|index)\\.ts$',
      },
      to: { path: stages, pathNot: ['^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'resolve-and-dossiers-meet-in-terms',
      comment:
        'src/store/resolve makes the tables and src/store/dossiers reads them; neither imports the other. What both need to say (in force, a use, a key summary) is in src/store/terms or beside the folders.',
      severity: 'error',
      from: { path: '^src/store/(resolve|dossiers|terms|load|observations)/' },
      to: { path: '^src/store/(resolve|dossiers|load|observations|merged)/', pathNot: '^src/store/$1/' },
    },
    {
      name: 'report-does-not-touch-the-disk',
      comment:
        'A renderer turns a core pack into files, which it gives to a sink. Only the template loader and the browser read files; who writes them is src/pack.',
      severity: 'error',
      from: {
        path: '^src/report/',
        pathNot: ['^src/report/(html/templates|pdf/|.*templates|.*fonts|.*assets)'],
      },
      to: { path: '^(node:)?fs' },
    },
    {
      name: 'explain-reads-evidence-as-an-audit-does',
      comment:
        'One order of stages for both: what src/explain needs of the evidence it asks src/gather.ts for, what it needs of an audit it reads from the pack.',
      severity: 'error',
      from: { path: '^src/explain/' },
      to: { path: '^src/store/' },
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
      comment: 'A user installs dependencies and optionalDependencies only; src/action is bundled.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/action/' },
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
