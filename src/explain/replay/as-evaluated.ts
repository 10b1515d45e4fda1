import type { JudgedObservation, Observation } from '../../model/index.js';

/** Returns an observation of a pack as its policy gave it: before frameworks, exceptions and earlier packs were asked. */
export function asEvaluated({
  controls: _,
  waiver: __,
  firstSeen: ___,
  ...observation
}: JudgedObservation): Observation {
  if (observation.outcome !== 'waived') return observation;
  const elements = observation.elements.map((element) =>
    element.outcome === 'waived' ? { ...element, outcome: 'fail' as const } : element,
  );
  return { ...observation, outcome: 'fail', elements };
}
