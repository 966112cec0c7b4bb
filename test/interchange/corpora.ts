import { existsSync } from 'node:fs';

/** Where the corpora lie beside the project; tests that need them run where they are. */
export const CORPORA = new URL('../../../shared/corpora', import.meta.url).pathname;
export const HAS_CORPORA = existsSync(CORPORA);
