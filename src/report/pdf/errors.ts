import { EXIT, KeyproofError } from '../../model/index.js';

/**
 * Reports that report.pdf could not be made; the message states why and what to do. The rest of the pack is valid
 * (exit code 3).
 */
export class PdfNotWrittenError extends KeyproofError {
  override readonly name: string = 'PdfNotWrittenError';

  /** @param message what is wrong and what to do. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, EXIT.incomplete, options);
  }
}

/** Reports that no browser was found to print report.pdf with. */
export class BrowserNotFoundError extends PdfNotWrittenError {
  override readonly name: string = 'BrowserNotFoundError';
}
