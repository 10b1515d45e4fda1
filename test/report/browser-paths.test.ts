import { describe, expect, it } from 'vitest';
import { wellKnownBrowsers } from '../../src/report/pdf/browser-paths.js';

describe('well-known places of browsers', () => {
  it('are the install folders of Windows, Chrome before Edge', () => {
    const paths = wellKnownBrowsers('win32', {
      PROGRAMFILES: 'C:\\Program Files',
      LOCALAPPDATA: 'C:\\Users\\x\\AppData\\Local',
    });
    expect(paths[0]).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
    expect(paths).toContain('C:\\Users\\x\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe');
    expect(paths.at(-1)).toMatch(/msedge\.exe$/);
  });

  it('are the applications of macOS, the user’s own included', () => {
    const paths = wellKnownBrowsers('darwin', { HOME: '/Users/x' });
    expect(paths[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(paths).toContain('/Users/x/Applications/Chromium.app/Contents/MacOS/Chromium');
  });

  it('are the folders of PATH on Linux, relative ones left out', () => {
    const paths = wellKnownBrowsers('linux', { PATH: '/usr/bin:.:bin:/opt/tools' });
    expect(paths).toContain('/usr/bin/chromium');
    expect(paths).toContain('/opt/tools/google-chrome');
    expect(paths.every((path) => path.startsWith('/'))).toBe(true);
  });
});
