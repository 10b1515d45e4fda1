import { isObject } from '../../../text/is-object.js';
import type { FileSample } from '../../adapter.js';
import { objectOf } from '../../fields/json.js';

/** Where `kubectl get -o json|yaml` puts objects: a list, or documents one after the other. */
export const OBJECT_LISTS = ['$.items', '$', ''];

/** Returns the kinds of the objects that a sample shows: of a `List`, of bare objects, and of further YAML documents. */
export function kindsIn({ partial, head, kind }: FileSample): Set<string> {
  const documents = [partial]
    .flat()
    .filter(isObject)
    .filter((value) => typeof value['apiVersion'] === 'string');
  const items = documents.flatMap((value) => [value, ...[value['items']].flat().map(objectOf)]);
  const further =
    kind === 'yaml' && documents.length > 0 ? [...head.matchAll(/^kind:\s*"?(\w+)"?\s*$/gm)] : [];
  const kinds = [...items.map((item) => item['kind']), ...further.map((match) => match[1])];
  return new Set(kinds.filter((name) => typeof name === 'string'));
}
