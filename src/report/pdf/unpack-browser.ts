import chromium from '@sparticuz/chromium';

/** Entry of a worker thread: unpacks the browser into the TMPDIR that the thread has. */
await chromium.executablePath();
