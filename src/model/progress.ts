/** A stage that reports progress. */
export type ProgressStage = 'read' | 'evaluate' | 'print';

/** One step forward; sent often, cheap to ignore. */
export type ProgressEvent = {
  /** Stage. */
  stage: ProgressStage;
  /** Units done: files read (and bytes), subjects evaluated, pages printed. */
  done: number;
  /** Units in all; null while unknown. */
  total: number | null;
  /** What is being worked on. */
  detail?: string;
};

/** Receives progress; never awaited. */
export type OnProgress = (event: ProgressEvent) => void;
