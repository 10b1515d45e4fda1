import type { ChosenPreset, ConfigFile, PresetParam } from '../model/index.js';
import { PRACTICES, type Practice, type Preset } from './presets.js';

/** Returns the preset of every conflict between practices: the one keyproof.yaml names, or the default. */
export function chosenPresets({ presets = {}, thresholds = {} }: ConfigFile): ChosenPreset[] {
  const named = new Map<string, string>(Object.entries(presets));
  return Object.entries<Practice>(PRACTICES).flatMap(
    ([conflict, { title, about, presets: all, ...rest }]) => {
      const name = named.get(conflict) ?? rest.default;
      const preset = all[name];
      if (preset === undefined) return [];
      const { meaning, reason } = preset;
      const others = Object.keys(all).filter((other) => other !== name);
      const sets = paramsOf(preset, thresholds);
      return [
        { conflict, title, about, preset: name, stated: named.has(conflict), meaning, reason, others, sets },
      ];
    },
  );
}

function paramsOf(preset: Preset, thresholds: NonNullable<ConfigFile['thresholds']>): PresetParam[] {
  return Object.entries(preset.thresholds).flatMap(([ruleId, params]) =>
    Object.entries(params).map(([param, value]) => ({
      ruleId,
      param,
      value,
      inForce: thresholds[ruleId]?.params[param] === undefined,
    })),
  );
}
