import { posix, win32 } from 'node:path';

const PROGRAMS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chrome-headless-shell',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const WINDOWS_PLACES = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

const LINUX_PLACES = ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'];

/**
 * Returns the paths where Chrome, Chromium and Edge are usually installed on this platform, best first; they may not
 * exist.
 */
export function wellKnownBrowsers(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') return windowsPaths(env);
  const places = platform === 'darwin' ? macPaths(env) : LINUX_PLACES;
  return [...places, ...onPath(env)];
}

function windowsPaths(env: NodeJS.ProcessEnv): string[] {
  const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
  return WINDOWS_PLACES.flatMap((place) =>
    roots.flatMap((root) => (root === undefined ? [] : win32.join(root, place))),
  );
}

function macPaths(env: NodeJS.ProcessEnv): string[] {
  const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])];
  return MAC_APPS.flatMap((app) => roots.map((root) => `${root}/${app}.app/Contents/MacOS/${app}`));
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const folders = (env['PATH'] ?? '').split(posix.delimiter).filter((folder) => folder.startsWith('/'));
  return PROGRAMS.flatMap((program) => folders.map((folder) => posix.join(folder, program)));
}
