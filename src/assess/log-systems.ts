import { EVERY_SYSTEM, type InputFile, type PartialInput, type RecordKind } from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';

/** Kinds whose records are log entries. */
const LOGS: readonly RecordKind[] = ['events', 'rotations'];

/** Returns the systems that log entries of files are of, as an input states them; nothing unless each file states its own. */
export function logSystems(files: readonly Pick<InputFile, 'coverage'>[]): Pick<PartialInput, 'systems'> {
  const logs = files.map(({ coverage }) => coverage.filter(({ kind }) => LOGS.includes(kind)));
  const stated = logs.flat().map(({ systems }) => systems);
  const told = logs.every((own) => own.length > 0) && stated.every(isTold);
  return told && stated.length > 0 ? { systems: distinctTexts(stated.flat()) } : {};
}

function isTold(systems: readonly string[]): boolean {
  return systems.length > 0 && !systems.includes(EVERY_SYSTEM);
}
