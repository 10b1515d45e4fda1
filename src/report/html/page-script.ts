import { readTemplate } from './templates.js';

/** Modules of the page's script, each after those it imports. */
const MODULES = [
  'dom',
  'chapters',
  'state',
  'data',
  'csv',
  'finding',
  'query',
  'search',
  'timeline',
  'key-page',
  'keys',
  'panels',
  'filters',
  'print',
  'theme',
  'main',
] as const;

/**
 * Returns the script of index.html: its modules as one text, because a page that loads nothing cannot import. Each is a
 * function that returns what it exports.
 */
export function pageScript(): string {
  const parts = MODULES.map((name) => asFunction(name, readTemplate(`page/${name}.js`)));
  return `(() => {\nconst modules = {};\n${parts.join('\n')}})();\n`;
}

function asFunction(name: string, source: string): string {
  const exported = [...source.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, found]) => found);
  const body = source
    .replace(/^import (\{[^}]*\}) from '\.\/([\w-]+)\.js';$/gm, "const $1 = modules['$2'];")
    .replace(/^export /gm, '');
  return `modules['${name}'] = (() => {\n${body}return { ${exported.join(', ')} };\n})();\n`;
}
