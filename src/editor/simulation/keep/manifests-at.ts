import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { cleanDump } from '../../../interchange/live/clean-dump.ts';
import { manifestText } from '../../../interchange/manifest-text.ts';
import { BUILT_IN_KINDS } from '../../../kinds/index.ts';
import { readManifest } from '../../../manifest/read.ts';

/** Objects of a cluster as manifests that somebody could apply: without what the cluster itself made, chose or filled in. */
export async function manifestsOf(objects: readonly KubernetesObject[]): Promise<string> {
  const items = objects.filter(({ kind }) => !NOT_WRITTEN.has(kind));
  const dump = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const { objects: clean } = await cleanDump([readManifest('cluster.json', dump)], BUILT_IN_KINDS);
  return manifestText(clean.map(({ object }) => object));
}

/** What only clusters write. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['Node', 'Lease', 'Event', 'EndpointSlice', 'ControllerRevision']);
