import type { Severity } from '../../model/index.js';

/** What SARIF calls how bad a result is (§3.27.10). */
export type Level = 'error' | 'warning' | 'note';

/** Level of a result by its severity. */
export const LEVELS: { readonly [S in Severity]: Level } = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/**
 * Score by severity, in the middle of the ranges that GitHub turns back into words: critical from 9.0, high from 7.0, medium from
 * 4.0, low below. It is the severity that the rule has, on another scale, and no CVSS score.
 */
export const SECURITY_SEVERITY: { readonly [S in Severity]: string } = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};
