import { readTemplate } from './templates.js';

/** Modules of the page's script, each after those it imports. */
const MODULES = [
  'dom',
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

/** Returns the script of index.html: its modules as one text, because a page that loads nothing cannot import. */
export function pageScript(): string {
  const bodies = MODULES.map((name) => withoutModuleSyntax(readTemplate(`page/${name}.js`)));
  return `(() => {\n${bodies.join('\n')}})();\n`;
}

/** Names are distinct over all modules, so that imports need no other form and exports no object. */
function withoutModuleSyntax(source: string): string {
  return source.replace(/^import [^;]+;\n/gm, '').replace(/^export /gm, '');
}
