import type { AuditPlan, ChosenPreset, ConfigFile, ParamOrigin, ParamValue } from '../model/index.js';
import { groupBy } from '../text/group-by.js';

type Setting = { ruleId: string; param: string; value: ParamValue; origin: ParamOrigin };

/** Returns what keyproof.yaml sets, by rule: the presets it names, and its thresholds, which win. */
export function thresholdsInForce(
  presets: readonly ChosenPreset[],
  thresholds: NonNullable<ConfigFile['thresholds']>,
): AuditPlan['thresholds'] {
  const byRule = groupBy([...fromPresets(presets), ...fromThresholds(thresholds)], ({ ruleId }) => ruleId);
  return Object.fromEntries(
    [...byRule].map(([ruleId, settings]) => [
      ruleId,
      {
        params: Object.fromEntries(settings.map(({ param, value }) => [param, value])),
        origins: Object.fromEntries(settings.map(({ param, origin }) => [param, origin])),
      },
    ]),
  );
}

function fromPresets(presets: readonly ChosenPreset[]): Setting[] {
  return presets
    .filter(({ stated }) => stated)
    .flatMap(({ conflict, preset, reason, sets }) =>
      sets.map((set) => ({ ...set, origin: { kind: 'preset', conflict, preset, reason } })),
    );
}

function fromThresholds(thresholds: NonNullable<ConfigFile['thresholds']>): Setting[] {
  return Object.entries(thresholds).flatMap(([ruleId, { params, by, reason }]) =>
    Object.entries(params).map(([param, value]) => ({
      ruleId,
      param,
      value,
      origin: { kind: 'threshold', by, reason },
    })),
  );
}
