import { isWild, templatesIn } from './priority.js';

/** What of the API of KV a path opens: a segment of version 2, or the secrets of version 1. */
export type Endpoint = 'data' | 'metadata' | 'delete' | 'destroy' | 'undelete' | 'version 1';

/** Secrets that a path opens through one part of the API. */
export type Reach = {
  endpoint: Endpoint;
  /** Pattern of the ids of keys. */
  keys: string;
  /** Patterns of ids that are none of Vault. */
  except: readonly string[];
  /** Whether the pattern fits no more names than the path does. */
  exact: boolean;
  /** Why it may open fewer. */
  doubts: readonly string[];
};

const OF_V2 = ['data', 'metadata', 'delete', 'destroy', 'undelete'] as const;
const SYSTEM = /^(?:sys|auth|identity|cubbyhole)(?:\/|$)/;
/** Segments after the mount that engines other than KV have; a path without wildcards that has one names no secret of KV. */
const OTHER_ENGINES =
  /^[^/]+\/(?:creds|static-creds|static-roles?|roles?|issue|sign|sign-verbatim|sts|config|keys|encrypt|decrypt|rewrap|datakey|verify|hmac|hash|random|export|backup|restore|certs?|ca|crl|tidy|intermediate|root|code|library|rotate-root|rotate-role|subkeys)(?:\/|$)/;
const NO_VERSION =
  'the path opens nothing if it lies in a mount of KV version 2, and the policy does not show which version it is';
const NO_MOUNT = 'the path names no mount: keys of other systems with ids like paths count, too';
const PLUS = '+ in the path is read as any text, also with slashes';
const STAR = 'a * inside the path is read as any text';

/** Returns the mounts that a policy shows to be of version 2: those with a segment of its API behind them. */
export function mountsOfV2(paths: readonly string[]): ReadonlySet<string> {
  const mounts = paths
    .map((path) => path.split('/'))
    .flatMap((segments) => {
      const at = partOf(segments);
      return at < 1 || isWild(segments.slice(0, at).join('/')) ? [] : [segments.slice(0, at).join('/')];
    });
  return new Set(mounts);
}

/**
 * Returns the secrets of KV that a path of a policy opens: none for the system's own paths.
 * @param ofV2 mounts known to be of version 2
 */
export function reachOf(path: string, ofV2: ReadonlySet<string>): Reach[] {
  const segments = path.split('/');
  if (SYSTEM.test(path)) return [];
  const at = partOf(segments);
  if (at > 0)
    return inPart(
      OF_V2.filter((part) => part === segments[at]),
      segments,
      at,
    );
  const [plus] = segments.flatMap((one, place) => (one === '+' && place > 0 ? [place] : []));
  const wide = plus === undefined ? belowMount(segments) : inPart(OF_V2, segments, plus);
  return [...wide, ...inVersion1(path, segments, ofV2)];
}

/** Returns the place of the first segment of the API of version 2; -1 if there is none. */
function partOf(segments: readonly string[]): number {
  return segments.findIndex((one, place) => place > 0 && OF_V2.some((part) => part === one));
}

function inPart(parts: readonly Endpoint[], segments: readonly string[], at: number): Reach[] {
  const rest = segments.slice(at + 1);
  if (rest.length === 0 || rest.at(-1) === '') return [];
  return parts.map((part) => reach(part, [...segments.slice(0, at), ...rest].join('/'), []));
}

/** A glob at the mount or right behind it (`*`, `kv*`, `kv/*`, `kv/d*`) goes over the segment of the API. */
function belowMount(segments: readonly string[]): Reach[] {
  const [mount = '', below, ...deeper] = segments;
  if (segments.at(-1)?.endsWith('*') !== true || deeper.length > 0) return [];
  if (below === undefined) return OF_V2.map((part) => reach(part, mount, []));
  const start = below.slice(0, -1);
  const doubts = start === '' ? [] : ['the path opens nothing if the mount is of KV version 1'];
  return OF_V2.filter((part) => part.startsWith(start)).map((part) => reach(part, `${mount}/*`, doubts));
}

function inVersion1(path: string, segments: readonly string[], ofV2: ReadonlySet<string>): Reach[] {
  const isPattern = path.endsWith('*') || segments.includes('+') || path.includes('{{');
  if (path.endsWith('/') || segments.length < 2 || (!isPattern && OTHER_ENGINES.test(path))) {
    return segments.length === 1 && path.endsWith('*') ? [reach('version 1', path, [])] : [];
  }
  if (segments.some((_one, place) => ofV2.has(segments.slice(0, place).join('/')))) return [];
  const whole = segments.length === 2 && segments[1] === '*';
  return [reach('version 1', path, whole ? [] : [NO_VERSION])];
}

function reach(endpoint: Endpoint, path: string, doubts: readonly string[]): Reach {
  const segments = path.split('/').map((one) => (one === '+' ? '*' : one));
  const keys = segments
    .join('/')
    .replace(/\{\{.*?\}\}/g, '*')
    .replace(/\*{2,}/g, '*');
  const noMount = segments[0]?.includes('*') === true;
  const loose = [
    ...(path.split('/').includes('+') ? [PLUS] : []),
    ...(/\*./.test(path.replace(/\{\{.*?\}\}/g, '')) ? [STAR] : []),
    ...templatesIn(path).map((template) => `${template} in the path is read as any text`),
  ];
  return {
    endpoint,
    keys: keys === '*' ? '*/*' : keys,
    except: noMount ? ['*:*', 'projects/*'] : [],
    exact: loose.length === 0,
    doubts: [...doubts, ...(noMount ? [NO_MOUNT] : []), ...loose],
  };
}
