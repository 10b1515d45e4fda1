import type { PolicyCustom, PolicyElement } from '../model/index.js';

/** Finds what the schema cannot check of the elements that METADATA declares. @returns one sentence for each problem. */
export function elementProblems({
  elements = [],
  params = {},
  evidence,
  criterion,
  ...custom
}: PolicyCustom): string[] {
  const ids = elements.map(({ id }) => id);
  const documents = evidence === 'attestation' && 'max_age_days' in params;
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  const about = elements.filter((element) => element.evidence === 'document');
  return [
    ...(criterion !== undefined && elements.length > 0
      ? ['METADATA custom.criterion is for a policy without elements; each element states its own.']
      : []),
    ...unknownLimits(criterion, Object.keys(params)).map(
      (name) => `METADATA custom.criterion names the parameter "${name}", which the policy does not have.`,
    ),
    ...repeated.map((id) => `METADATA custom.elements: "${id}" stands here twice.`),
    ...elements.flatMap((element) => ownProblems(element, Object.keys(params), evidence)),
    ...(documents && elements.length > 1 && about.length !== 1
      ? [
          `METADATA custom.elements: the documents on record for ${custom.id} are judged too; one element needs "${FOR_DOCUMENTS}".`,
        ]
      : []),
    ...(!documents && about.length > 0
      ? [
          `METADATA custom.elements: no documents are judged for ${custom.id}, so no element can have "${FOR_DOCUMENTS}".`,
        ]
      : []),
  ];
}

function unknownLimits(criterion: PolicyCustom['criterion'], params: readonly string[]): string[] {
  const limits = typeof criterion === 'object' && 'params' in criterion ? criterion.params : [];
  return limits.filter((name) => !params.includes(name));
}

const FOR_DOCUMENTS = 'evidence: document';

function ownProblems(
  { id, title, shows, criterion, evidence }: PolicyElement,
  params: readonly string[],
  whole: PolicyCustom['evidence'],
): string[] {
  const at = `METADATA custom.elements "${id}"`;
  return [
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)
      ? undefined
      : `${at}: the id must be lower-case words with hyphens.`,
    title.trim() ? undefined : `${at} has no title.`,
    shows.trim() ? undefined : `${at} does not say what a result on it shows.`,
    ...unknownLimits(criterion, params).map(
      (name) => `${at}: criterion names the parameter "${name}", which the policy does not have.`,
    ),
    evidence !== undefined && whole !== 'attestation'
      ? `${at}: evidence can be stated only if the policy's evidence is attestation.`
      : undefined,
  ].filter((message) => message !== undefined);
}
