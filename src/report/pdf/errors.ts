import { EXIT, KeyproofError } from '../../model/index.js';

/** report.pdf could not be made; the message says why and what to do. The rest of the pack stands (exit code 3). */
export class PdfNotWrittenError extends KeyproofError {
  override readonly name: string = 'PdfNotWrittenError';

  /** @param message what is wrong and what to do. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, EXIT.incomplete, options);
  }
}

/** No browser was found to print report.pdf with. */
export class BrowserNotFoundError extends PdfNotWrittenError {
  override readonly name: string = 'BrowserNotFoundError';
}
