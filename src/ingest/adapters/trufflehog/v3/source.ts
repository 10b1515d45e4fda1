import type { ScanChannel } from '../../../../model/index.js';
import { entryOf } from '../../../fields/json.js';

const CHANNELS: { [kind: string]: ScanChannel } = {
  Git: 'repository',
  Github: 'repository',
  Gitlab: 'repository',
  Bitbucket: 'repository',
  AzureRepos: 'repository',
  Gerrit: 'repository',
  Huggingface: 'repository',
  Docker: 'build',
  Ecr: 'build',
  Artifactory: 'build',
  Npm: 'build',
  Pypi: 'build',
  Slack: 'chat',
  SlackRealtime: 'chat',
  Teams: 'chat',
  Jira: 'ticket',
  Buildkite: 'log',
  CircleCi: 'log',
  TravisCI: 'log',
  Jenkins: 'log',
  Syslog: 'log',
  Elasticsearch: 'log',
};

/** Where a kind of source names the file, page or message; the first that is stated counts. */
export const PATHS: readonly string[] = ['file', 'path', 'issue', 'page', 'channel_name', 'link'];

/** Returns where trufflehog looked, by its kind of source; null for one that is none of keyproof's channels, such as files. */
export function channelOf(kind: string): ScanChannel | null {
  return entryOf(CHANNELS, kind) ?? null;
}
