import type {
  AbsentInput,
  Coverage,
  ExtractRecord,
  InputFile,
  Instant,
  RecordKind,
  SourceSpec,
} from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { plural } from '../text/format.js';
import { ADAPTERS } from './adapters/index.js';
import { unpackedPath } from './inside-sources.js';

/** What is on record about how a file was taken. */
export type Extract = Partial<ExtractRecord>;

/** A file with its entry in keyproof.yaml. */
export type ReadFile = {
  /** What became of it. */
  file: InputFile;
  /** Its entry in keyproof.yaml; null if it has none. */
  spec: SourceSpec | null;
};

/**
 * Returns the files with what keyproof.yaml (`covers`) and the register of extracts state about them: systems, accounts,
 * period, and whether they are complete.
 */
export function withStatedCoverage(read: readonly ReadFile[], extracts: readonly Extract[]): InputFile[] {
  return read.map(({ file, spec }) => {
    const extract = extractOf(file.path, extracts);
    const further = extract === null ? [] : contradictions(file, extract);
    const coverage = file.coverage.map((one) => ({
      ...one,
      ...scopeOf(one, spec),
      period: statedPeriod(spec, extract) ?? one.period,
      completeBy: completeBy(spec, extract),
      gaps: [...one.gaps, ...further],
    }));
    return { ...file, coverage };
  });
}

/** Returns how many statements there are about what a file covers: of keyproof.yaml, and of the register of extracts. */
export function statementsAbout(path: string, spec: SourceSpec | null, extracts: readonly Extract[]): number {
  return Number(spec?.covers !== undefined) + Number(extractOf(path, extracts) !== null);
}

/**
 * Returns the files that are not there: those that the register of extracts names, and sources of keyproof.yaml.
 * @param notFound sources that match no file
 */
export function absentInputs(
  files: readonly InputFile[],
  extracts: readonly Extract[],
  notFound: readonly SourceSpec[],
): AbsentInput[] {
  const unsupplied = extracts.filter(({ file }) => file !== undefined && !isSupplied(file, files));
  const kindsBySystem = kindsOfSystems(files, extracts);
  const fromRegister = unsupplied.map(({ file = '', system }) => ({
    file,
    ...(files.some(({ path }) => isNamed(path, file)) ? { unused: true as const } : {}),
    namedBy: 'extracts' as const,
    kinds:
      kindsOfSource(notFound.find(({ path }) => isNamed(path, file))) ??
      kindsBySystem.get(systemName(system)) ??
      null,
  }));
  const fromConfig = notFound
    .filter(({ path }) => !fromRegister.some(({ file }) => isNamed(path, file)))
    .map((spec) => ({ file: spec.path, namedBy: 'keyproof.yaml' as const, kinds: kindsOfSource(spec) }));
  return [...fromRegister, ...fromConfig];
}

/**
 * Returns whether a file was read that a register names: the file itself, one with the same bytes, a file of the archive or a
 * sheet of the workbook. One that cannot be read has its own gaps.
 */
function isSupplied(name: string, files: readonly InputFile[]): boolean {
  const read = files.filter(({ state }) => state !== 'not-used');
  const named = files.filter(({ path }) => isNamed(path, name));
  return (
    read.some(({ path }) => isNamed(path, name) || `/${path}`.includes(`/${name}/`)) ||
    named.some(({ sha256 }) => sha256 !== null && read.some((file) => file.sha256 === sha256))
  );
}

/** Returns the kinds of record that a source is said to hold; null if keyproof.yaml does not state it. */
function kindsOfSource(spec: SourceSpec | undefined): RecordKind[] | null {
  if (spec?.kind !== undefined) return [spec.kind];
  const adapter = ADAPTERS.find(({ id }) => id === spec?.as);
  return adapter === undefined || adapter.id === 'canonical' ? null : [...adapter.produces];
}

/** Returns the kinds of record that the files of each system hold. */
function kindsOfSystems(
  files: readonly InputFile[],
  extracts: readonly Extract[],
): ReadonlyMap<string, RecordKind[]> {
  const found = new Map<string, RecordKind[]>();
  for (const { path, coverage } of files) {
    const system = systemName(extractOf(path, extracts)?.system);
    if (system === '' || coverage.length === 0) continue;
    found.set(system, distinctTexts([...(found.get(system) ?? []), ...coverage.map(({ kind }) => kind)]));
  }
  return found;
}

function systemName(system: string | null | undefined): string {
  return system?.trim().toLowerCase() ?? '';
}

/** Returns the record that names a file: of several the longest name, which says most. */
function extractOf(path: string, extracts: readonly Extract[]): Extract | null {
  const naming = extracts.filter(({ file }) => file !== undefined && isNamed(path, file));
  return naming.sort((a, b) => (b.file?.length ?? 0) - (a.file?.length ?? 0))[0] ?? null;
}

/** A register names a file of an archive as it names the file unpacked. */
function isNamed(path: string, name: string): boolean {
  return [path, unpackedPath(path)].some((one) => one === name || one.endsWith(`/${name}`));
}

function scopeOf(one: Coverage, spec: SourceSpec | null): Pick<Coverage, 'systems' | 'accounts'> {
  return {
    systems: lowerCase(spec?.covers?.systems) ?? one.systems,
    accounts: lowerCase(spec?.covers?.accounts) ?? one.accounts,
  };
}

function lowerCase(words: readonly string[] | undefined): string[] | null {
  return words === undefined ? null : distinctTexts(words.map((word) => word.toLowerCase()));
}

function statedPeriod(spec: SourceSpec | null, extract: Extract | null): Coverage['period'] {
  const { period } = spec?.covers ?? {};
  if (period !== undefined) {
    const [fromMs, toMs] = [
      Date.parse(`${period.from}T00:00:00Z`),
      Date.parse(`${period.to}T23:59:59.999Z`),
    ] as const;
    return { fromMs, toMs, basis: 'stated' };
  }
  const [fromMs, toMs] = [firstMoment(extract?.covers_from), lastMoment(extract?.covers_to)];
  return fromMs === null || toMs === null ? null : { fromMs, toMs, basis: 'stated' };
}

function firstMoment(instant: Instant | null | undefined): number | null {
  return instant?.state === 'known' && typeof instant.ms === 'number' ? instant.ms : null;
}

function lastMoment(instant: Instant | null | undefined): number | null {
  const first = firstMoment(instant);
  return first === null ? null : first + (instant?.tolerance_ms ?? 0);
}

/** A record of how the file was taken makes it complete if it gives the query and the number of records there are. */
function completeBy(spec: SourceSpec | null, extract: Extract | null): Coverage['completeBy'] {
  if (spec?.covers?.complete === true) return 'keyproof.yaml';
  const { query, record_count } = extract ?? {};
  return (query ?? '').trim() !== '' && typeof record_count === 'number' ? 'extracts' : null;
}

function contradictions({ path, records, sha256 }: InputFile, extract: Extract): string[] {
  const { record_count, sha256: stated } = extract;
  return [
    ...(typeof record_count === 'number' && record_count !== records
      ? [`${path} holds ${plural(records, 'record')}, the register of extracts says ${record_count}`]
      : []),
    ...(typeof stated === 'string' && sha256 !== null && stated.toLowerCase() !== sha256
      ? [`${path} is not the file that the register of extracts describes: its SHA-256 differs`]
      : []),
  ];
}
