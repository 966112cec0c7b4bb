/** Drydock without its page: manifests read, judged, compared and run, in browsers and in Node. */
export { compare, exportManifests, findReferences, readManifests, simulate, validate } from './core.ts';
export { startCore } from './start-core.ts';
export type { CoreInThread } from './start-core.ts';
export type * from './core-types.ts';
export type { DesignFile } from './design-file.ts';
export type { ProblemEntry, ReferenceEntry } from '../commandline/entries.ts';
