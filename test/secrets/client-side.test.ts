import { describe, expect, it } from 'vitest';
import { isClientSide } from '../../src/secrets/client-side.js';

describe('paths of what is shipped to clients', () => {
  it.each([
    'public/config.js',
    'web/static/js/main.4f2a.js',
    'dist/index.html',
    'portal/build/assets/app.mjs',
    'src/main/webapp/lib/portal.min.js',
    'out/app.js.map',
    'app/src/main/res/values-de/strings.xml',
    'app/src/main/assets/config.json',
    'ios/Bank/GoogleService-Info.plist',
    'release/bank.apk/res/a.xml',
  ])('%s is one', (path) => {
    expect(isClientSide(path)).toBe(true);
  });

  it.each([
    'src/server.js',
    'dist/server/index.js',
    'build/functions/pay.js',
    'dist/app.py',
    'public/robots.txt',
    'src/main/resources/application.yml',
    'test/public/fixture.js',
    'distribution/app.js',
  ])('%s is none', (path) => {
    expect(isClientSide(path)).toBe(false);
  });
});
