export { baselineText, parseBaseline, withBaseline } from './baseline.js';
export type { RepositoryScan, ScanFinding, ScanReport } from './report.js';
export { reportText, scanReport } from './report-text.js';
export { type ScanOptions, scanRepository } from './scan-repository.js';
export { type ScannedSource, scanSources } from './scan-source.js';
export { scanTime } from './scan-time.js';
