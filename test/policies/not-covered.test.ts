import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../dist/opa/index.js';
import type { CompiledPolicies, Policy } from '../../src/model/index.js';
import { DOSSIERS } from '../../src/store/dossiers/dossiers.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { baseOf, exampleDossier, type PolicyFolder, policyFolders } from './rule-book.js';

/**
 * What keyproof does for every policy with members from whose silence nothing may be concluded. Whether an evidence covers a
 * subject is decided in the store; here the dossier says so.
 */

type Dossier = Record<string, unknown>;
type Gap = string | { path: string; elements: string[] };
type Answer = { outcome: string; missing?: Gap[]; reasons?: Gap[] };

let compiled: CompiledPolicies;
let engine: Engine;
let byId: ReadonlyMap<string, Policy>;

async function openRuleBook(): Promise<void> {
  const book = await builtRuleBook();
  ({ compiled, engine } = book);
  byId = new Map(book.set.policies.map((policy) => [policy.id, policy]));
}

function answer(id: string, dossier: Dossier): Answer {
  return engine.evaluate(compiled.entrypoints.get(id) ?? '', dossier) as Answer;
}

type Resting = { absent?: string[] };

function violationsOf(found: Answer): Resting[] {
  return (found as { violations?: Resting[] }).violations ?? [];
}

/** What is missing, for whatever elements. */
function texts({ missing = [] }: Answer): string[] {
  return missing.map((gap) => (typeof gap === 'string' ? gap : gap.path));
}

const folderOf = (name: string): PolicyFolder => {
  const found = policyFolders().find((folder) => folder.name === name);
  if (found === undefined) throw new Error(`There is no policy ${name}.`);
  return found;
};

describe('a member that is not covered', () => {
  beforeAll(openRuleBook);

  const example = (name: string, file: string, members: string[]) => {
    const dossier = exampleDossier(folderOf(name), file);
    return { ...dossier, not_covered: Object.fromEntries(members.map((member) => [member, ['no log']])) };
  };
  const base = (name: string): Dossier => ({
    ...(baseOf(folderOf(name)).dossier as Dossier),
    not_covered: { events: ['no log'] },
  });

  it('takes a pass that leans on it, and gives the reason', () => {
    const folder = folderOf('inv_not_shared');
    const passing = folder.examples.find((file) => file.startsWith('pass-')) ?? '';
    const outcome = (member: string) =>
      answer('inv-not-shared', example('inv_not_shared', passing, [member]));
    expect(outcome('events')).toMatchObject({ outcome: 'no-evidence' });
    expect(texts(outcome('events'))).toContain('events (no log)');
    expect(outcome('grants').outcome).toBe('pass');
  });

  it('takes only the elements that lean on it, and no violation that was found', () => {
    const folder = folderOf('gw_ip_allowlist');
    const gap = { path: 'events (no log)', elements: ['use'] };
    const failing =
      folder.examples.find((file) => file.startsWith('fail-') && !file.includes('outside')) ?? '';
    expect(answer('gw-ip-allowlist', base('gw_ip_allowlist'))).toMatchObject({
      outcome: 'no-evidence',
      missing: [gap],
    });
    const failed = answer('gw-ip-allowlist', example('gw_ip_allowlist', failing, ['events']));
    expect(failed).toMatchObject({ outcome: 'fail', missing: [gap] });
  });

  it('leaves no violation that rests on what was lost of it, and gives the reason', () => {
    const proved: string[] = [];
    const seen = new Set<string>();
    for (const folder of policyFolders()) {
      const { id, absences = [] } = byId.get(folder.metadata.custom.id) ?? { id: '' };
      for (const file of absences.length === 0
        ? []
        : folder.examples.filter((name) => name.startsWith('fail-'))) {
        const dossier = exampleDossier(folder, file);
        const lost = Object.fromEntries(absences.map((member) => [member, ['log.json breaks off']]));
        const resting = violationsOf(answer(id, dossier)).filter(({ absent = [] }) => absent.length > 0);
        const after = answer(id, { ...dossier, lost });
        for (const member of resting.flatMap(({ absent = [] }) => absent)) {
          if (texts(after).includes(`${member} (log.json breaks off)`)) seen.add(id);
          else if (texts(after).length === 0) proved.push(`${id} ${file}: no reason`);
        }
        if (violationsOf(after).some(({ absent = [] }) => absent.length > 0)) proved.push(`${id} ${file}`);
      }
    }
    expect(proved).toEqual([]);
    const resting = [...byId.values()].filter(({ absences }) => absences !== undefined).map(({ id }) => id);
    expect(resting.filter((id) => !seen.has(id))).toEqual(['inv-dormant-revoked']);
  });

  it('explains evidence that is missing', () => {
    const dossier = { ...base('gw_ip_allowlist'), events: null };
    expect(texts(answer('gw-ip-allowlist', dossier))).toEqual(['events (no log)']);
  });

  it('takes a reason for not applying that leans on it, and leaves one that a record states', () => {
    const key = { key: { ...(base('mon_anomaly_unhandled')['key'] as object), status: 'revoked' } };
    const silent = {
      ...base('mon_anomaly_unhandled'),
      events: { total: 0 },
      anomalies: { records: [], total: 0 },
    };
    expect(answer('mon-anomaly-unhandled', silent).outcome).toBe('no-evidence');
    expect(answer('gw-ip-allowlist', { ...base('gw_ip_allowlist'), ...key })).toEqual({
      outcome: 'not-applicable',
      reasons: ['the key is revoked'],
    });
  });

  it('leaves a pass that rests on what was found, if METADATA says so, and no reason for not applying', () => {
    const folder = folderOf('rotation_drill_nonbreaking');
    const found = folder.examples.find((file) => file.startsWith('attested-')) ?? '';
    const young =
      folder.examples.find((file) => file.startsWith('not-applicable-') && file.includes('new')) ?? '';
    const outcome = (file: string) =>
      answer('rotation-drill-nonbreaking', example('rotation_drill_nonbreaking', file, ['rotations']))
        .outcome;
    expect([outcome(found), outcome(young)]).toEqual(['attested', 'no-evidence']);
  });
});

describeUnlessProved('whatever member of an example is not covered', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(openRuleBook);

  it.each(policyFolders().map((folder) => folder.name))(
    '%s does not pass or stop applying on what it lacks, and fails as before',
    (name) => {
      const folder = folderOf(name);
      const { id, subject } = folder.metadata.custom;
      const presence = byId.get(id)?.presence ?? [];
      const wrong: string[] = [];
      for (const file of folder.examples) {
        const dossier = exampleDossier(folder, file);
        const before = answer(id, dossier).outcome;
        for (const member of silentMembers(subject).filter((one) => !presence.includes(one))) {
          const doubted = { ...dossier, not_covered: { [member]: ['a reason'] } };
          const { outcome } = answer(id, doubted);
          const without = answer(id, { ...dossier, [member]: null }).outcome;
          if (outcome !== expectedOutcome(before, without))
            wrong.push(`${file}, ${member}: ${before} -> ${outcome}`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

const CLEAN = ['pass', 'attested', 'not-applicable'];

/** A violation and a gap stand; anything else is what the policy says without the member, if that is no violation. */
function expectedOutcome(before: string, without: string): string {
  if (!CLEAN.includes(before)) return before;
  return CLEAN.includes(without) ? without : 'no-evidence';
}

function silentMembers(subject: keyof typeof DOSSIERS): string[] {
  const members = Object.entries(DOSSIERS[subject].members);
  return members.filter(([, { silence = {} }]) => Object.keys(silence).length > 0).map(([name]) => name);
}
