import type { InputFile, JudgedObservation } from '../model/index.js';

/** Returns a path of a pack's evidence as the merged pack names it. */
export function placedPath(name: string, path: string): string {
  return `${name}/${path}`;
}

/** Returns an input file of a pack as the merged pack lists it. */
export function placedInput(name: string, file: InputFile): InputFile {
  return { ...file, path: placedPath(name, file.path) };
}

/** Returns an observation whose records are named as the merged pack names their files. */
export function withPlaces(observation: JudgedObservation, name: string): JudgedObservation {
  const violations = observation.violations.map((violation) => ({
    ...violation,
    records: violation.records.map((record) => ({ ...record, file: placedPath(name, record.file) })),
  }));
  return { ...observation, violations };
}
