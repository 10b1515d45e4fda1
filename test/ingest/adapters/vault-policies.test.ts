import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapter } from '../../../src/ingest/adapters/vault/policies/adapter.js';
import { parseHcl } from '../../../src/ingest/adapters/vault/policies/hcl.js';
import { winsOver } from '../../../src/ingest/adapters/vault/policies/priority.js';
import { convertOne, readTextWith, records } from './read-with-adapter.js';

describe('the reader of HCL', () => {
  const label = fc.stringMatching(/^[a-z/+*{}."\\é-]{1,20}$/);

  it('gives every path and list back as it was written, whatever blanks and comments stand between', () => {
    const gap = fc.constantFrom(' ', '\n', ' # note\n', '// note\n', '/* a\n{ */');
    const block = fc.tuple(label, fc.array(label, { maxLength: 4 }), gap, gap);
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), (blocks) => {
        const text = blocks.map(
          ([path, words, a, b]) =>
            `path${a}${JSON.stringify(path)}${b}{${a}capabilities${b}=${a}${JSON.stringify(words)}${b}}${a}`,
        );
        const read = parseHcl(text.join('\n'));
        expect(read).toMatchObject({
          ok: true,
          value: blocks.map(([path, words]) => ({
            keys: ['path', path],
            value: [{ keys: ['capabilities'], value: words }],
          })),
        });
      }),
    );
  });

  it('never throws and refuses in one sentence what it cannot read', () => {
    const pieces = fc.constantFrom(
      'path',
      '"a"',
      '{',
      '}',
      '[',
      ']',
      ',',
      '=',
      '<<EOT',
      '"',
      '/*',
      '#',
      '\n',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        const read = parseHcl(all.join(' '));
        expect(read.ok || /^line \d+ /.test(read.reason)).toBe(true);
      }),
    );
  });

  it.each([
    ['nested lists', `a = ${'['.repeat(5000)}`, 'line 1 is nested deeper than 16 levels'],
    ['a heredoc', 'a = <<EOT\nb\nEOT', 'line 1 begins a heredoc'],
    ['a text that does not end', 'path "a\n" {}', 'line 1 has a text that does not end'],
    ['a block that does not end', 'path "a" {', 'line 1 has the end where "}" is expected'],
  ])('refuses %s', (_name, text, reason) => {
    const read = parseHcl(text);
    expect(read.ok ? '' : read.reason).toContain(reason);
  });
});

/** Examples of https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching and pairs of our own. */
it.each([
  ['secret/foo', 'secret/*'],
  ['secret/foo*', 'secret/*'],
  ['secret/*', 'secret/+/+/foo/*'],
  ['secret/+/+/foo/bar', 'secret/+/+/foo/*'],
  ['secret/+/foo/bar/*', 'secret/+/+/foo/*'],
])('%s counts before %s', (first = '', second = '') => {
  expect(winsOver(first, second)).toBe(true);
  expect(winsOver(second, first)).toBe(false);
});

describe('a policy', () => {
  const grantsOf = async (text: string) =>
    records(await readTextWith(adapter, text, 'vault/ops.hcl'), 'grants').map(
      ({ effect, action, key_id, except_keys }) => [effect, action, key_id, ...(except_keys ?? [])].join(' '),
    );

  it('with deny on the same path as others gives nothing there', async () => {
    const text = `path "kv/data/a/*" { capabilities = ["read"] }
      path "kv/data/a/*" { capabilities = ["deny"] }
      path "kv/data/b/*" { capabilities = ["read"] }`;
    expect(await grantsOf(text)).toEqual(['allow read kv/b/*']);
  });

  it('that names a mount of version 2 gives nothing by paths without its segment', async () => {
    const text = `path "kv/data/a" { capabilities = ["read"] }
      path "kv/b/*" { capabilities = ["read"] }`;
    expect(await grantsOf(text)).toEqual(['allow read kv/a']);
  });

  it.each([{ toString: 1 }, [[{ toString: 1 }]], 7])('refuses %j as a capability', (odd) => {
    const { emits, rejects } = convertOne(adapter, {
      name: 'ops',
      path: { 'kv/data/a': { capabilities: [odd] } },
    });
    expect(emits).toEqual([]);
    expect(rejects).toHaveLength(1);
  });
});
