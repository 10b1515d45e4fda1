import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { fontFaces } from '../../assets/font-faces.js';
import { assetUrl } from '../../assets/locate.js';

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** Renders a page of templates/diff: one file that loads nothing and runs nothing; everything of `root` is escaped. */
export function renderPage(name: string, root: object): string {
  const style = [fontFaces(), readFileSync(assetUrl('templates', 'diff/page.css'), 'utf8')].join('\n');
  const hash = createHash('sha256').update(style).digest('base64');
  const csp = `default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; style-src 'sha256-${hash}'`;
  const template = compiled.get(name) ?? compile(name);
  compiled.set(name, template);
  return template(
    { ...root, csp, style: new Handlebars.SafeString(style) },
    { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false },
  );
}

function compile(name: string): Handlebars.TemplateDelegate {
  return Handlebars.create().compile(readFileSync(assetUrl('templates', `diff/${name}`), 'utf8'), {
    preventIndent: true,
  });
}
