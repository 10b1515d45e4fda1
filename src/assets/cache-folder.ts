import { homedir } from 'node:os';
import { join } from 'node:path';

/** Returns the folder that keeps what takes long to make (compiled policies, an unpacked browser), unless the caller names one. */
export function defaultCacheDir(
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string {
  if (env['KEYPROOF_CACHE_DIR']) return env['KEYPROOF_CACHE_DIR'];
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'keyproof');
  if (platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'keyproof', 'cache');
  return join(homedir(), '.cache', 'keyproof');
}
