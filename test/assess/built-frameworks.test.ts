import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadFrameworks } from '../../src/assess/index.js';
import { assetPath } from '../../src/assets/locate.js';

const changed = mkdtempSync(join(tmpdir(), 'keyproof-frameworks-'));
cpSync(assetPath('frameworks'), changed, { recursive: true });
for (const name of readdirSync(changed)) edit(name, (text) => `# read by a person first\n${text}`);
afterAll(() => rmSync(changed, { recursive: true, force: true }));

function edit(name: string, change: (text: string) => string): void {
  const path = join(changed, name);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

describe('a framework that the build has read', () => {
  it('is what its file states', () => {
    const asBuilt = loadFrameworks(null);
    const asWritten = loadFrameworks(null, { dir: changed });
    expect(asBuilt.frameworks).toHaveLength(readdirSync(assetPath('frameworks')).length);
    expect(asWritten.frameworks).toEqual(asBuilt.frameworks);
    expect(asWritten.sha256).not.toBe(asBuilt.sha256);
  });

  it('is read from its file once that was changed', () => {
    edit('gdpr.yaml', (text) => text.replace(/^title: .*$/m, 'title: Changed since the build'));
    const [gdpr] = loadFrameworks(['gdpr'], { dir: changed }).frameworks;
    expect(gdpr?.title).toBe('Changed since the build');
  });
});
