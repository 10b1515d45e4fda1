import type { Assessment, FactSource, ScopeOrigin, ScopeRule, Subject } from '../../model/index.js';

type Scoped = Pick<Subject, 'facts' | 'scope'>;

type Rules = Pick<Assessment['plan'], 'scope'>;

const ORIGIN_WORDS: { readonly [O in ScopeOrigin]: string } = {
  record: 'by record',
  rule: 'by a rule of keyproof.yaml',
  keys: 'by the key',
  default: 'by default',
};

/** Returns what puts a subject in scope, as `icfr_relevant: true by the key prod/ledger`; facts that put it in no scope are left out. */
export function inScopeText({ facts, scope = [] }: Scoped): string {
  const inScope = scope.filter(({ fact }) => !isOut(facts[fact]));
  return inScope.map((source) => originText(source, facts)).join('; ');
}

/** Returns who decided the scope by rules of `scope`, as `icfr_relevant: Finance (the ledger is reported from)`; empty if no rule did. */
export function scopeDecidedText({ scope = [] }: Scoped, rules: Rules): string {
  const decided = scope.flatMap((source) => {
    const rule = ruleOf(source, rules);
    return rule === undefined ? [] : [`${source.fact}: ${rule.by} (${rule.reason})`];
  });
  return decided.join('; ');
}

/** Returns a line for each fact about the scope of a subject that something states, with who decided and why if a rule of `scope` does. */
export function subjectScopeLines({ facts, scope = [] }: Scoped, rules: Rules): string[] {
  return scope.map((source) => {
    const rule = ruleOf(source, rules);
    if (rule !== undefined)
      return `${originText(source, facts)}, rule ${source.rule} of scope: ${rule.by} (${rule.reason})`;
    const silent = source.by === 'default' && isOut(facts[source.fact]);
    return `${originText(source, facts)}${silent ? ', so that the scope is not stated' : ''}`;
  });
}

function originText({ fact, by, key }: FactSource, facts: Subject['facts']): string {
  return [`${fact}: ${facts[fact]}`, ORIGIN_WORDS[by], ...(key === null ? [] : [key])].join(' ');
}

function ruleOf({ rule }: FactSource, { scope = [] }: Rules): ScopeRule | undefined {
  return typeof rule === 'number' ? scope[rule - 1] : undefined;
}

function isOut(value: string | boolean | null | undefined): boolean {
  return value === false || value === 'out';
}
