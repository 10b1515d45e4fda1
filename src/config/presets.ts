import type { ParamValue, PresetChoices } from '../model/index.js';

/** A named set of thresholds. */
export type Preset = {
  /** What it means, in a few words. */
  meaning: string;
  /** Why one would choose it, in one sentence. */
  reason: string;
  /** Values by rule id and parameter. */
  thresholds: { [ruleId: string]: { [param: string]: ParamValue } };
};

/** Practices that contradict each other on the same question, and a preset for each. */
export type Practice<Name extends string = string> = {
  /** What it is about. */
  title: string;
  /** What the practices require, in one sentence. */
  about: string;
  /** Preset if keyproof.yaml names none; it sets what the rules have as their defaults. */
  default: Name;
  /** Presets by name. */
  presets: { readonly [N in Name]: Preset };
};

/** Every conflict between practices that a rule of the book had to take sides in. */
export const PRACTICES: { readonly [C in keyof PresetChoices]-?: Practice<NonNullable<PresetChoices[C]>> } = {
  rotation: {
    title: 'How long a secret may live',
    about: 'One practice sets 30, 60, 90 and 180 days by risk tier, another 90 days for every key.',
    default: 'tiers',
    presets: {
      tiers: {
        meaning: 'an interval for each risk tier',
        reason: 'The interval follows the risk: what could do most harm is replaced most often.',
        thresholds: {
          'rotation-max-age': { max_age_days: { critical: 30, high: 60, medium: 90, low: 180 } },
        },
      },
      'strict-90': {
        meaning: 'an interval for each risk tier, none above 90 days',
        reason: 'Satisfies both practices at once: the shorter limit holds for every tier.',
        thresholds: { 'rotation-max-age': { max_age_days: { critical: 30, high: 60, medium: 90, low: 90 } } },
      },
      'flat-90': {
        meaning: '90 days for every key',
        reason:
          'One date for all keys is easier to run; it is looser than the tiers for critical and high ones.',
        thresholds: { 'rotation-max-age': { max_age_days: { critical: 90, high: 90, medium: 90, low: 90 } } },
      },
    },
  },
  overlap: {
    title: 'How long the old secret may work beside the new one',
    about:
      'One practice leaves both secrets working for 48 hours, another revokes the old one once the new one is verified.',
    default: '48h',
    presets: {
      '48h': {
        meaning: 'at most 48 hours',
        reason: 'Consumers that are slow to take the new secret are not cut off.',
        thresholds: { 'rotation-old-revoked': { grace_hours: 48 } },
      },
      'revoke-after-verify': {
        meaning: 'at most one hour, the time to verify the new secret',
        reason:
          'A secret that is no longer needed is only a risk; an hour from putting the new one in place is left to verify it.',
        thresholds: { 'rotation-old-revoked': { grace_hours: 1 } },
      },
    },
  },
  review: {
    title: 'How often access is reviewed',
    about:
      'Practices ask for a review each quarter, PCI DSS for one every six months of user accounts, DORA for one a year, or two for critical functions.',
    default: 'quarterly',
    presets: {
      quarterly: {
        meaning: 'every 92 days',
        reason: 'The shortest of the intervals asked for, so that it satisfies the others.',
        thresholds: { 'access-review-periodic': { max_review_age_days: 92 } },
      },
      'half-yearly': {
        meaning: 'every 184 days',
        reason: 'Six months, as PCI DSS 7.2.4 and, for critical or important functions, RMF-21 have it.',
        thresholds: { 'access-review-periodic': { max_review_age_days: 184 } },
      },
      yearly: {
        meaning: 'every 366 days',
        reason:
          'A year, as RMF-21 has it for systems that support no critical or important function; too long for PCI DSS 7.2.4.',
        thresholds: { 'access-review-periodic': { max_review_age_days: 366 } },
      },
    },
  },
  environmentVariables: {
    title: 'Where an environment variable may be the only place of a secret',
    about:
      'One practice keeps secrets in environment variables, another says that variables alone are not enough in production.',
    default: 'non-production',
    presets: {
      'non-production': {
        meaning: 'outside production',
        reason: 'Production secrets need a store that records who read them; others may do without one.',
        thresholds: { 'storage-env-only-prod': { environments: ['production'] } },
      },
      nowhere: {
        meaning: 'in no environment',
        reason: 'A secret of a test system is often the way to one of production.',
        thresholds: {
          'storage-env-only-prod': {
            environments: ['production', 'staging', 'development', 'test', 'sandbox'],
          },
        },
      },
    },
  },
  logRetention: {
    title: 'How long logs are kept',
    about:
      'One practice keeps logs for three to seven years, PCI DSS asks for twelve months, and GDPR for no longer than needed.',
    default: 'per-scope',
    presets: {
      'per-scope': {
        meaning: 'a year, and longer only if a duty of the log asks for it',
        reason: 'Each log is kept as long as its longest duty, so that none is kept without a reason.',
        thresholds: {
          'log-retention': { min_days: { every_log: 365, cardholder: 365, required_record: 2190 } },
        },
      },
      'three-years': {
        meaning: 'three years for every log',
        reason:
          'Incidents found late can still be traced; a log of personal data needs a stated reason then.',
        thresholds: {
          'log-retention': { min_days: { every_log: 1095, cardholder: 1095, required_record: 2190 } },
        },
      },
    },
  },
};
