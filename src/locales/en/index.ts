import { first } from './first.ts';
import { rest } from './rest.ts';

/** Every English sentence, by area. */
export const en = { ...first, ...rest };
