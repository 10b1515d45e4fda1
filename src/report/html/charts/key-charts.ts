import type { CorePack } from '../../../model/index.js';
import { type AgeStrip, type AgesByTier, addAge, ageStrips } from './age-strips.js';
import { type Exposure, type ExposureChart, exposureChart, exposuresOf } from './exposures.js';

/** Charts about keys. */
export type KeyCharts = { ages: AgeStrip[]; exposures: ExposureChart | null };

/** Reads every key for the charts about keys; `limits` are the most days between rotations of each tier, worst first. */
export async function keyCharts(
  pack: CorePack,
  limits: readonly (number | null)[] | null,
): Promise<KeyCharts> {
  const asOfMs = Date.parse(pack.assessment.plan.asOf);
  const ages: AgesByTier = new Map();
  const exposures: Exposure[] = [];
  for await (const key of pack.subjects({ kind: 'key' })) {
    addAge(ages, key, asOfMs);
    exposures.push(...exposuresOf(key));
  }
  return { ages: ageStrips(ages, limits), exposures: exposureChart(exposures, asOfMs) };
}
