import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadFrameworks } from '../../src/assess/index.js';
import type { PolicyElement } from '../../src/model/index.js';

const VALID = `id: house-rules
aliases: [house]
title: House rules
version: '1'
issuer: Northbridge Bank
source: https://northbridge.example/rules
reviewed: 2026-09-30
disclaimer: Indicative; internal audit to conclude.
vocabulary: {
  exception: open, exception-accepted: accepted,
  insufficient-data: unclear,
  evidence-supports: fine,
  partly-supported: fine in part,
  attested: on paper,
  not-applicable: none,
  not-tested: not looked at }
when: { pci_scope: [cde] }
groups:
  - { id: A, title: Keys }
controls:
  - id: A-1
    group: A
    title: Keys are rotated
    assessor: Rotation log
    applicability: All keys
    status: automated
    verification: L
    policies:
      - { id: rotation-max-age, grade: direct }
`;

const POLICIES = [
  { id: 'rotation-max-age', title: 'Secrets are rotated in time' },
  {
    id: 'log-integrity',
    title: 'Logs are protected',
    elements: [named('deletion', 'deletion of entries'), named('readers', 'readers of logs')],
  },
];

function named(id: string, title: string): PolicyElement {
  return { id, title, shows: `Shows ${title}.`, criterion: 'none' };
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frameworks-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function load(text: string, ids: string[] | null = null) {
  writeFileSync(join(dir, 'house-rules.yaml'), text);
  return loadFrameworks(ids, { dir, policies: POLICIES });
}

test('a valid file is loaded as written', () => {
  expect(load(VALID).frameworks).toMatchObject([{ id: 'house-rules', controls: [{ id: 'A-1' }] }]);
});

test('a limitation names an element by its title', () => {
  const limitation = 'Shows {element:deletion} as stated.';
  const mapping = `log-integrity, grade: direct, elements: [deletion], limitation: "${limitation}"`;
  const [house] = load(VALID.replace('rotation-max-age, grade: direct', mapping)).frameworks;
  expect(house?.controls[0]?.policies[0]?.limitation).toBe('Shows deletion of entries as stated.');
});

describe('every mistake is told with its file, line and what to do', () => {
  const MISTAKES: readonly (readonly [what: string, from: string, to: string, message: string | RegExp])[] = [
    [
      'an unknown key',
      'assessor:',
      'asessor:',
      'frameworks/house-rules.yaml:24: "asessor" is not a known key; did you mean "assessor"?',
    ],
    [
      'a day of review that is none',
      'reviewed: 2026-09-30',
      'reviewed: yesterday',
      /:7: reviewed must be a day such as 2026-09-30; "yesterday" is none\.$/,
    ],
    [
      'a source that is no address',
      'source: https://northbridge.example/rules',
      'source: the shelf',
      /:\d+: source must be an address such as https:\/\/example\.org\/rules; "the shelf" is none\.$/,
    ],
    [
      'a group without a title',
      'title: Keys',
      "title: ' '",
      /:\d+: group ".+" needs a title; it is empty\.$/,
    ],
    [
      'a day of reading that no calendar has',
      'reviewed: 2026-09-30',
      'reviewed: 2026-09-30\nstate: In force.\nread: 2026-02-30',
      /:9: read must be a day such as 2026-09-30; "2026-02-30" is none\.$/,
    ],
    [
      'a state of the law that nobody says when it was read',
      'reviewed: 2026-09-30',
      'reviewed: 2026-09-30\nstate: In force.',
      /:8: state needs "read", the day on which it was read\.$/,
    ],
    [
      'a short id that no control has',
      'reviewed: 2026-09-30',
      'reviewed: 2026-09-30\nshort_ids: { B: rule of the house }',
      /:8: no control has an id that begins with "B"\.$/,
    ],
    [
      "a limit that is the control's own of an element without a limit",
      'rotation-max-age, grade: direct',
      'log-integrity, grade: direct, elements: [deletion], own_limit: [deletion]',
      /element "deletion" of log-integrity has no limit that could be the control's own\.$/,
    ],
    [
      'a missing key',
      '    title: Keys are rotated\n',
      '',
      'frameworks/house-rules.yaml:21: controls.0 lacks "title".',
    ],
    [
      'an id that YAML reads as a number',
      'id: A-1',
      'id: 1.10',
      /:21: controls\.0\.id must be string; 1\.1 is not; quote a text that looks like a number\.$/,
    ],
    [
      'an unknown grade',
      'grade: direct',
      'grade: full',
      /:29: .*grade must be one of direct, partial, supporting; "full" is none\./,
    ],
    [
      'an unknown policy',
      'rotation-max-age',
      'rotation-max-aeg',
      'frameworks/house-rules.yaml:29: A-1: there is no policy "rotation-max-aeg"; did you mean "rotation-max-age"?',
    ],
    ['an unknown group', 'group: A', 'group: B', /:22: A-1: group "B" is not among the groups\./],
    [
      'a fact nobody has',
      'pci_scope: [cde]',
      'pci_skope: [cde]',
      /:17: there is no fact "pci_skope"; did you mean "pci_scope"\?/,
    ],
    [
      'a value a fact cannot have',
      '[cde]',
      '[pan]',
      /:17: pci_scope cannot be pan; it is one of cde, connected, out, unknown\./,
    ],
    [
      'automated without a direct mapping',
      'grade: direct',
      'grade: partial',
      /:26: A-1: automated needs a direct mapping\./,
    ],
    ['partial without a question', 'status: automated', 'status: partial', /:26: A-1: partial needs "ask"/],
    [
      'manual although it decides',
      'status: automated',
      'status: manual\n    ask: Why?',
      /:26: A-1: manual takes supporting mappings only\./,
    ],
    [
      'an id that is not the file name',
      'id: house-rules',
      'id: other',
      /:1: id must be the file's name, "house-rules"\./,
    ],
    [
      'no element of a policy that has several',
      'id: rotation-max-age',
      'id: log-integrity',
      'frameworks/house-rules.yaml:29: A-1: log-integrity has several elements; name those that count: deletion, readers.',
    ],
    [
      'an element nobody declares',
      'rotation-max-age, grade: direct',
      'log-integrity, grade: direct, elements: [deletoin]',
      /:29: A-1: log-integrity has no element "deletoin"; did you mean "deletion"\?/,
    ],
    [
      "a limit of the control's own for an element that the mapping does not take",
      'rotation-max-age, grade: direct',
      'log-integrity, grade: direct, elements: [deletion], own_limit: [readers]',
      /:29: A-1: the mapping does not take the element "readers"\./,
    ],
    [
      'no element in the list',
      'rotation-max-age, grade: direct',
      'log-integrity, grade: direct, elements: []',
      /:29: controls\.0\.policies\.0\.elements must NOT have fewer than 1 items/,
    ],
    [
      'a limitation about an element that the mapping does not take, by id',
      'rotation-max-age, grade: direct',
      'log-integrity, grade: direct, elements: [deletion], limitation: "Of {element:readers} no list is seen."',
      /:29: A-1: the limitation names the element "readers", which the mapping does not take\./,
    ],
    [
      'a limitation about an element that the mapping does not take, by title',
      'rotation-max-age, grade: direct',
      'log-integrity, grade: direct, elements: [deletion], limitation: "Readers of logs are compared."',
      /:29: A-1: the limitation names "readers of logs" \(readers\), which the mapping does not take\./,
    ],
    [
      "a limitation that says by hand that a limit is keyproof's",
      'grade: direct',
      "grade: direct, limitation: Age against keyproof's limit",
      /:29: A-1: the limitation says whose a limit is; that is printed from what the policy and keyproof\.yaml state\./,
    ],
    [
      'a limitation that says by hand that a limit is the entity’s',
      'grade: direct',
      "grade: direct, limitation: Age against the firm's own limits",
      /:29: A-1: the limitation says whose a limit is; that is printed from what the policy and keyproof\.yaml state\./,
    ],
    [
      'a mapping that decides what it does not see',
      'grade: direct',
      'grade: direct, substance_unseen: true',
      /:29: A-1: rotation-max-age does not see what the control is about, so its grade is supporting\./,
    ],
    ...[
      'The substance of the requirement is not seen',
      'What the control asks for is not tested; a document is',
      'Nothing of the requirement is tested',
      'Shows a scan of the sandbox; whether keys are rotated is not known',
    ].map((limitation): [string, string, string, RegExp] => [
      `a mapping that decides and says: ${limitation}`,
      'grade: direct',
      `grade: direct, limitation: "${limitation}"`,
      /:29: A-1: the limitation of rotation-max-age says that what the control asks for is not seen, so its grade must be supporting\./,
    ]),
    [
      'a mapping that decides and says that it supports',
      'grade: direct',
      'grade: direct, limitation: Supports the written procedures',
      /:29: A-1: the limitation of rotation-max-age says that it supports, so its grade must be supporting\./,
    ],
    ['a key twice', 'version:', 'title: Again\nversion:', /:4: Map keys must be unique/],
  ];

  test.each(MISTAKES)('%s', (_, from, to, message) => {
    expect(VALID).toContain(from);
    expect(() => load(VALID.replace(from, to))).toThrow(message);
  });

  test('a control id twice', () => {
    const twice = `${VALID}${VALID.slice(VALID.indexOf('  - id: A-1'))}`;
    expect(() => load(twice)).toThrow('frameworks/house-rules.yaml:30: id "A-1" stands here twice.');
  });

  test('two files with one name', () => {
    writeFileSync(
      join(dir, 'house.yaml'),
      VALID.replace('id: house-rules', 'id: house').replace('[house]', '[]'),
    );
    expect(() => load(VALID)).toThrow(
      'frameworks/house.yaml: "house" is already the name of frameworks/house-rules.yaml.',
    );
  });
});

describe('--framework', () => {
  test.each([
    ['pci', 'pci-dss-4.0.1'],
    ['pci-dss', 'pci-dss-4.0.1'],
    ['PCI', 'pci-dss-4.0.1'],
    ['soc2', 'soc2-2017'],
    ['psd2', 'psd2-dora'],
    ['dora', 'psd2-dora'],
    ['sox', 'sox-itgc'],
    ['gdpr', 'gdpr'],
    ['finra', 'finra-sec'],
    ['nydfs', 'nydfs-500'],
    ['iso27001', 'iso-27001-2022'],
  ])('takes %s for %s', (alias, id) => {
    expect(loadFrameworks([alias]).frameworks.map((one) => one.id)).toEqual([id]);
  });

  test('keeps the order asked for and drops repetition', () => {
    const ids = loadFrameworks(['soc2', 'pci', 'soc2-2017']).frameworks.map((one) => one.id);
    expect(ids).toEqual(['soc2-2017', 'pci-dss-4.0.1']);
  });

  test('names the nearest for one nobody knows', () => {
    expect(() => loadFrameworks(['pci-ds'])).toThrow(
      /^There is no framework "pci-ds"; did you mean "pci-dss"\? Known: .*gdpr \(eu-gdpr\), .*pci-dss-4\.0\.1 \(pci, pci-dss\)/,
    );
  });
});

test('the hash is over the files used, in any order, and changes with any byte', () => {
  const some = loadFrameworks(['soc2', 'pci', 'gdpr']).sha256;
  expect(loadFrameworks(['gdpr', 'soc2', 'pci']).sha256).toBe(some);
  expect(loadFrameworks(null).sha256).not.toBe(some);
  expect(loadFrameworks(['soc2']).sha256).not.toBe(loadFrameworks(null).sha256);
  expect(load(VALID).sha256).not.toBe(load(`${VALID}# comment\n`).sha256);
});

test('the files say where their schema is, so that editors check them', () => {
  for (const { id: name } of loadFrameworks(null).frameworks) {
    const text = readFileSync(new URL(`../../frameworks/${name}.yaml`, import.meta.url), 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../src/model/schemas/framework.json');
  }
});
