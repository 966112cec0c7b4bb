import { conversionsFor } from '../conversions/conversions-for.ts';
import type { Fixer } from './fix.ts';

/** An old apiVersion: the object as it is written in one that the target release serves. */
export const convert: Fixer = {
  problems: ['apiVersion.removed', 'apiVersion.deprecated'],
  fixes: ({ record }, context) => conversionsFor(record, context),
};
