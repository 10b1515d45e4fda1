import { isObject } from '../../../../text/is-object.js';

/** One statement of an IAM policy. */
export type Statement = {
  /** Whether it allows; otherwise it denies. */
  allows: boolean;
  /** Patterns of actions (`secretsmanager:Get*`). */
  actions: readonly string[];
  /** Whether it concerns all actions but these (`NotAction`). */
  allActionsBut: boolean;
  /** Patterns of ARNs. */
  resources: readonly string[];
  /** Whether it concerns all resources but these (`NotResource`). */
  allResourcesBut: boolean;
  /** Whether it holds only under a condition. */
  conditional: boolean;
};

/** One statement of the trust policy of a role. */
export type Trust = Pick<Statement, 'allows' | 'actions' | 'allActionsBut' | 'conditional'> & {
  /** ARNs and account numbers of AWS that may assume the role, `*` for everybody. */
  aws: readonly string[];
  /** Whether it concerns sign-ins of a federation. */
  federated: boolean;
};

/**
 * Returns the statements of a policy document: an object as the CLI writes it, or the URL-encoded text of the API. Null
 * if it cannot be read.
 */
export function statementsOf(document: unknown): Statement[] | null {
  const value = typeof document === 'string' ? decoded(document) : document;
  if (!isObject(value)) return null;
  const statements = [value['Statement']].flat().map(statementOf);
  return statements.every((statement) => statement !== null) ? statements : null;
}

/** Returns the statements of the trust policy of a role; null if it cannot be read. */
export function trustsOf(document: unknown): Trust[] | null {
  const value = typeof document === 'string' ? decoded(document) : document;
  if (!isObject(value)) return null;
  const trusts = [value['Statement'] ?? []].flat().map(trustOf);
  return trusts.every((trust) => trust !== null) ? trusts : null;
}

function trustOf(value: unknown): Trust | null {
  if (!isObject(value)) return null;
  const { Action, Principal, Effect } = value;
  const actions = textsIn(Action);
  const aws = Principal === '*' ? ['*'] : isObject(Principal) ? textsIn(Principal['AWS'] ?? []) : null;
  if (actions === null || aws === null || (Effect !== 'Allow' && Effect !== 'Deny')) return null;
  return {
    allows: Effect === 'Allow',
    actions,
    allActionsBut: false,
    conditional: value['Condition'] !== undefined,
    aws,
    federated: isObject(Principal) && Principal['Federated'] !== undefined,
  };
}

/** Returns a statement about some actions on everything. */
export function onEverything(actions: readonly string[], allActionsBut = false): Statement {
  const resources = { resources: ['*'], allResourcesBut: false, conditional: false };
  return { allows: true, actions, allActionsBut, ...resources };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return null;
  }
}

function statementOf(value: unknown): Statement | null {
  if (!isObject(value)) return null;
  const actions = textsIn(value['Action'] ?? value['NotAction']);
  const resources = textsIn(value['Resource'] ?? value['NotResource']);
  const effect = value['Effect'];
  if (actions === null || resources === null || (effect !== 'Allow' && effect !== 'Deny')) return null;
  return {
    allows: effect === 'Allow',
    actions,
    allActionsBut: value['Action'] === undefined,
    resources,
    allResourcesBut: value['Resource'] === undefined,
    conditional: value['Condition'] !== undefined,
  };
}

function textsIn(value: unknown): string[] | null {
  const texts = [value].flat();
  return texts.every((text) => typeof text === 'string') ? texts : null;
}
