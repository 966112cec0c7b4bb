import type { KeysOf } from './record-index.ts';

/** Records by what they say they are; a design may say it several times. */
export const identities: KeysOf = ({ identity }) => [identity];
