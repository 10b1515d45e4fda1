import { createStreams } from '../../shared/random.mjs';

/** The choices of this bank, a stream of them for each label. */
export const randomStream = createStreams('marenholt-2026');
