import { createStreams } from '../../shared/random.mjs';

export { sha256, stableUuid, weighted } from '../../shared/random.mjs';

/** The choices of this bank, a stream of them for each label. */
export const randomStream = createStreams('northbridge-2026');
