import type { AdmissionRequest, Operation } from './admission-request.ts';
import type { Answer } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';

/**
 * One admission plugin of the API server: one file, named as the server names it. Pure: no clock, no chance, nothing
 * kept between requests. What upstream keeps (caches that lag behind) is the view's business.
 */
export interface AdmissionPlugin {
  /** As in `--enable-admission-plugins`. */
  readonly name: string;
  /** The operations on which the server asks the plugin at all. */
  readonly operations: readonly Operation[];
  /** Changes the object, or refuses; asked first, in order. */
  admit?(request: AdmissionRequest, cluster: ClusterView): Answer;
  /** Refuses; asked in order, after all have changed what they change and the object was validated. */
  validate?(request: AdmissionRequest, cluster: ClusterView): Answer;
}
