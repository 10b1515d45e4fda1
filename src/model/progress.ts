/** A stage that reports progress. */
export type ProgressStage = 'read' | 'join' | 'evaluate' | 'judge' | 'write' | 'print';

/** One step forward; sent often, cheap to ignore. */
export type ProgressEvent = {
  /** Stage. */
  stage: ProgressStage;
  /** Units done: files read, subjects evaluated, pages printed; 0 with a total of null for a stage that counts nothing. */
  done: number;
  /** Units in all; null while unknown. */
  total: number | null;
  /** What is being worked on. */
  detail?: string;
};

/** Receives progress; never awaited. */
export type OnProgress = (event: ProgressEvent) => void;
