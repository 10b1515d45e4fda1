import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { assetUrl } from '../../assets/locate.js';
import { formatCount, plural } from '../../text/format.js';

/** Folders of partials, with what their names begin with in a template. */
const PARTIALS = [
  ['partials/', ''],
  ['print/', 'print/'],
] as const;

/** Reads a file of templates/ as text. */
export function readTemplate(name: string): string {
  return readFileSync(assetUrl('templates', name), 'utf8');
}

/** Marks text to be put into the page unescaped: our own styles and scripts, never a value of the assessment. */
export function trusted(text: string): Handlebars.SafeString {
  return new Handlebars.SafeString(text);
}

/** Returns JSON that cannot end the script element that contains it, whatever its strings contain. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Returns the address of a link if a browser may follow it, otherwise an address that leads to nothing. */
export function safeLink(address: unknown): string {
  return typeof address === 'string' && /^(https?:\/\/|mailto:)/i.test(address) ? address : '#';
}

/** Returns escaped text in which `names between backticks`, as policies write them, are set as code. */
function prose(text: unknown): Handlebars.SafeString {
  const escaped = Handlebars.escapeExpression(typeof text === 'string' ? text : '');
  return trusted(escaped.replace(/&#x60;(.+?)&#x60;/g, '<code>$1</code>'));
}

/** Returns `1 note`, `6 notes`: a count with its noun. */
function counted(value: unknown, one: string, many: string): string {
  return typeof value === 'number' ? plural(value, one, many) : '';
}

const compiled = new Map<string, Handlebars.TemplateDelegate>();
let handlebars: typeof Handlebars | undefined;

/** Renders a page of templates/ and escapes everything except `trusted` text and `json`. */
export function renderTemplate(name: string, root: object): string {
  const template = compiled.get(name) ?? compile(name);
  compiled.set(name, template);
  return template(root, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
}

function compile(name: string): Handlebars.TemplateDelegate {
  handlebars ??= makeHandlebars();
  return handlebars.compile(readTemplate(name), { preventIndent: true, strict: false });
}

function makeHandlebars(): typeof Handlebars {
  const made = Handlebars.create();
  made.registerHelper('count', (value: unknown) => (typeof value === 'number' ? formatCount(value) : ''));
  made.registerHelper('plural', counted);
  made.registerHelper('json', (value: unknown) => trusted(scriptJson(value)));
  made.registerHelper('link', safeLink);
  made.registerHelper('prose', prose);
  for (const [folder, prefix] of PARTIALS)
    for (const file of readdirSync(assetUrl('templates', folder)))
      made.registerPartial(`${prefix}${file.replace(/\.hbs$/, '')}`, readTemplate(`${folder}${file}`));
  return made;
}
