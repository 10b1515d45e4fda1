import { type CefLine, cefIn } from '../../../fields/cef.js';
import { entryOf } from '../../../fields/json.js';

/** Times before `CEF:`: of the vault, behind those of collectors. */
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g;
/** Severities as the translator of CyberArk numbers those of the vault. */
const SEVERITIES: { readonly [number: string]: string } = { '5': 'Info', '7': 'Error', '10': 'Critical' };
/** The Central Policy Manager, as its installation names its user. */
const MANAGER = /^PasswordManager/;
const LABEL = /^(c[sn]\d)Label$/;

/** Returns an entry of the vault in the Common Event Format; null if a text is none. */
export function vaultLineIn(text: string): CefLine | null {
  const line = cefIn(text);
  return line?.vendor === 'Cyber-Ark' && line.product === 'Vault' ? line : null;
}

/** Returns whether the Central Policy Manager made the entry. */
export function isOfManager({ extension }: CefLine): boolean {
  return MANAGER.test(extension['suser'] ?? '');
}

/** Returns the entry that a line states, by the names that the vault itself has for its members. */
export function entryOfLine(line: CefLine): Record<string, unknown> {
  const { name, severity, before, extension } = line;
  const custom = customIn(extension);
  const at = before.match(TIME)?.at(-1) ?? momentOf(extension['rt']);
  return {
    Action: extension['act'] || name,
    IsoTimestamp: at,
    Severity: entryOf(SEVERITIES, severity) ?? severity,
    Issuer: extension['suser'],
    Safe: custom['Safe Name'],
    File: extension['fname'],
    Station: extension['shost'] || extension['src'],
    Reason: isOfManager(line) ? null : custom['Ticket Id'] || extension['reason'],
  };
}

/** A customised translator adds `rt`, epoch milliseconds. */
function momentOf(rt: string | undefined): number | null {
  return rt !== undefined && /^\d{13}$/.test(rt) ? Number(rt) : null;
}

/** Returns the members that a label names (`cs2Label="Safe Name" cs2=...`), by their label. */
function customIn(extension: CefLine['extension']): { readonly [label: string]: string } {
  const labelled = Object.entries(extension).map(([name, label]) => {
    const [, member = ''] = LABEL.exec(name) ?? [];
    return [label, extension[member] ?? ''];
  });
  return Object.fromEntries(labelled.filter(([label, value]) => label !== '' && value !== ''));
}
