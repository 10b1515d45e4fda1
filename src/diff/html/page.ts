import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { packageRoot } from '../../assets/package-root.js';

const FOLDER = new URL('templates/diff/', packageRoot);
const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** Renders a page of templates/diff: one file that loads nothing and runs nothing; everything of `root` is escaped. */
export function renderPage(name: string, root: object): string {
  const style = readFileSync(new URL('page.css', FOLDER), 'utf8');
  const hash = createHash('sha256').update(style).digest('base64');
  const csp = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-${hash}'`;
  const template = compiled.get(name) ?? compile(name);
  compiled.set(name, template);
  return template(
    { ...root, csp, style: new Handlebars.SafeString(style) },
    { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false },
  );
}

function compile(name: string): Handlebars.TemplateDelegate {
  return Handlebars.create().compile(readFileSync(new URL(name, FOLDER), 'utf8'), { preventIndent: true });
}
