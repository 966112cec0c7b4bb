import type { ApiVerb } from '../messages.ts';
import { binding } from './subresources/binding.ts';
import { status } from './subresources/status.ts';
import type { WriteVerb } from './write-verbs.ts';

/** A part of an object that has a URL of its own. */
export interface Subresource {
  readonly subresource: string;
  /** As `ServedResource.qualified`; `*` for every resource. */
  readonly resources: '*' | readonly string[];
  readonly verbs: Readonly<Partial<Record<ApiVerb, WriteVerb>>>;
}

/** The first that fits a request handles it. */
export const SUBRESOURCES: readonly Subresource[] = [binding, status];
