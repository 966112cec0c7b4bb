import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import { groupBy } from '../base/group-by.ts';
import { readManifest } from '../manifest/read.ts';
import { writeObject } from '../manifest/write.ts';
import type { Experiment, ExperimentFile } from './experiment.ts';

/** How an experiment is run on Kubernetes. */
export interface JobOrder {
  readonly name: string;
  /** Parts that it is run in: completions of the Job. */
  readonly shards: number;
  /** The image of the command line. */
  readonly image: string;
}

const FOLDER = '/experiment';
const SCRIPT = 'experiment.yaml';
/** A ConfigMap or Secret holds 1 MiB; its keys and names count too. Source: pkg/apis/core/types.go `MaxSecretSize`, 1.36. */
export const MOST_BYTES = 1_048_576;
const ROOM_BYTES = 1_000_000;

/** A file that is too large to be handed to a Pod this way. */
export interface TooLarge {
  readonly path: string;
  readonly bytes: number;
}

/**
 * An experiment as an Indexed Job: one shard for each completion index, each printing its result as one line of JSON. The
 * design and the script are mounted under the names that they have here, so that the results are those of this machine.
 * Files with Secrets travel in Secrets.
 */
export function indexedJob(
  { files, script }: Experiment,
  order: JobOrder,
): { readonly objects: readonly KubernetesObject[]; readonly tooLarge: readonly TooLarge[] } {
  const given = { path: SCRIPT, text: writeObject(script) };
  const mounted = files.map(({ path, text }) => ({ path: mountedPath(path), text }));
  const tooLarge = [given, ...mounted]
    .map(({ path, text }) => ({ path, bytes: bytesOf(text) }))
    .filter(({ bytes }) => bytes > ROOM_BYTES);
  const bundles = bundlesOf([given, ...mounted], order.name);
  const paths = mounted.map(({ path }) => path);
  return { objects: [...bundles.map(({ object }) => object), jobOf(order, bundles, paths)], tooLarge };
}

/** A path that can be mounted under another folder. */
function mountedPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const whole = parts.join('/');
  return whole === '-' || whole === '' ? 'design.yaml' : whole === SCRIPT ? `design/${SCRIPT}` : whole;
}

interface Bundle {
  readonly object: KubernetesObject;
  readonly items: readonly { readonly key: string; readonly path: string }[];
}

/** ConfigMaps that hold the files, as many as their size asks for; Secrets for those that hold Secrets. */
function bundlesOf(files: readonly ExperimentFile[], name: string): readonly Bundle[] {
  return [...groupBy(files, ({ path, text }) => (holdsSecret(path, text) ? 'Secret' : 'ConfigMap'))].flatMap(
    ([kind, own]) => {
      const parts: ExperimentFile[][] = [];
      let room = 0;
      for (const file of own) {
        const bytes = bytesOf(file.text);
        if (bytes > room) {
          parts.push([]);
          room = ROOM_BYTES;
        }
        parts.at(-1)!.push(file);
        room -= bytes;
      }
      return parts.map((part, index) => bundleOf(kind, `${name}-${index + 1}`, part));
    },
  );
}

function bundleOf(kind: string, name: string, files: readonly ExperimentFile[]): Bundle {
  const keys = files.map(({ path, text }, index) => ({ key: `file-${index + 1}`, path, text }));
  const data = Object.fromEntries(keys.map(({ key, text }) => [key, text]));
  const content = kind === 'Secret' ? { type: 'Opaque', stringData: data } : { data };
  return {
    object: { apiVersion: 'v1', kind, metadata: { name }, ...content },
    items: keys.map(({ key, path }) => ({ key, path })),
  };
}

function holdsSecret(path: string, text: string): boolean {
  return readManifest(path, text).segments.some(
    (segment) =>
      segment.type === 'document' &&
      segment.objects.some(({ object }) => object.apiVersion === 'v1' && object.kind === 'Secret'),
  );
}

function jobOf(
  { name, shards, image }: JobOrder,
  bundles: readonly Bundle[],
  paths: readonly string[],
): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': 'drydock', 'app.kubernetes.io/instance': name };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels },
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: shards,
      // A shard that was lost is run again and comes to the same result.
      backoffLimitPerIndex: 2,
      // Its Pods keep the results in their logs until then.
      ttlSecondsAfterFinished: 86_400,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'experiment',
              image,
              workingDir: FOLDER,
              // kubelet puts the index in: the Job controller gives every container of it the variable.
              args: [
                'experiment',
                '--workers=1',
                '--output=json',
                `--shard=$(JOB_COMPLETION_INDEX)/${shards}`,
                '--',
                SCRIPT,
                ...paths,
              ],
              resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [{ name: 'experiment', mountPath: FOLDER, readOnly: true }],
            },
          ],
          volumes: [{ name: 'experiment', projected: { sources: bundles.map(sourceOf) } }],
        },
      },
    },
  };
}

function sourceOf({ object, items }: Bundle) {
  const source = { name: nameOf(object), items: items.map((item) => ({ ...item })) };
  return object.kind === 'Secret' ? { secret: source } : { configMap: source };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
