import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectDropped, dropSecret, newRunKey } from '../../src/secrets/dropped.js';
import { findDropped } from '../../src/secrets/find-dropped.js';
import { secretSha256 } from '../../src/secrets/fingerprint.js';
import { dropSecretMembers } from '../../src/secrets/secret-members.js';

const SECRET = 'nb-fictional-0005-value';
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

/** The search for what was dropped while `work` ran. */
async function searchAfter(work: () => void) {
  const key = newRunKey();
  const { dropped } = await collectDropped(key, async () => work());
  return { dropped, finds: findDropped(dropped, key) };
}

describe('a dropped secret', () => {
  it('is found wherever it stands, and nothing else is', async () => {
    const { finds } = await searchAfter(() => dropSecret(SECRET));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
        expect(finds(bytes(before + after))).toBe((before + after).includes(SECRET));
        expect(finds(bytes(before + SECRET + after))).toBe(true);
        expect(finds(bytes(before + SECRET.slice(0, -1)))).toBe(false);
      }),
    );
  });

  it('cannot be read from what is kept to find it', async () => {
    const { dropped } = await searchAfter(() => dropSecret(SECRET));
    expect(dropped).toEqual([
      { head: expect.any(Number), bytes: SECRET.length, digest: expect.stringMatching(/^[\w+/]{43}=$/) },
    ]);
    const again = await searchAfter(() => dropSecret(SECRET));
    expect(again.dropped[0]?.digest).not.toBe(dropped[0]?.digest);
  });

  it('is each once, and whatever took a fingerprint is one', async () => {
    const { dropped } = await searchAfter(() => {
      secretSha256(SECRET);
      dropSecret(` ${SECRET}\n`);
      dropSecretMembers({ nested: [{ SecretString: SECRET, 'private-key': 'nb-other-0123456789-value' }] });
    });
    expect(dropped).toHaveLength(2);
  });

  it.each(['password', 'customer-gateway-production', 'aaaaaaaaaaaaaaaaaaaaaa11', '123', ''])(
    'is not looked for if a report may hold it for another reason: %s',
    async (word) => expect((await searchAfter(() => dropSecret(word))).dropped).toEqual([]),
  );

  it('is forgotten outside of a run', async () => {
    dropSecret(SECRET);
    const { dropped } = await searchAfter(() => undefined);
    expect(dropped).toEqual([]);
  });
});
