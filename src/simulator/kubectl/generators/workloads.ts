import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { sha256 } from '../../../base/sha256.ts';
import type { Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { answered, callOf, servedNamed } from '../resources.ts';
import type { Generator } from './generator.ts';
import { metadataFor, numberFlag, sliceOf, textFlag } from './generator.ts';

/** Letters of names that upstream makes up. Source: staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go, 1.36. */
const ALPHANUMERIC = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** What a container is called after its image; a name that had to change gets five letters, here always the same. */
function containerName(image: string): string {
  const base = image.split('/').at(-1)!.split(':')[0]!.split('@')[0]!;
  if (!/[_.]/.test(base)) return base;
  const digest = [...sha256(image)].slice(0, SUFFIX_LENGTH);
  const letters = digest.map((byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]);
  return `${base.replaceAll(/[_.]/g, '-')}-${letters.join('')}`;
}

function containerOf(name: string, image: string, command: readonly string[]): JsonObject {
  return { name, image, ...(command.length === 0 ? {} : { command: [...command] }), resources: {} };
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create_deployment.go, 1.36. */
const deployment: Generator = {
  name: 'deployment',
  flags: { image: { type: 'list' }, port: { type: 'text' }, replicas: { type: 'text', short: 'r' } },
  required: ['image'],
  make(name, flags) {
    const [images, command] = [sliceOf(flags, 'image'), flags.rest];
    if (images.length > 1 && command.length > 0)
      throw new KubectlError('error: cannot specify multiple --image options and command');
    const port = numberFlag(flags, 'port', -1, { command: 'create deployment' });
    const containers = images.map((image, index) => {
      const made = containerOf(containerName(image), image, command);
      return port >= 0 && index === 0 ? { ...made, ports: [{ containerPort: port }] } : made;
    });
    const labels = { app: name };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadataFor(name, flags, { labels }),
      spec: {
        replicas: numberFlag(flags, 'replicas', 1, { short: 'r', command: 'create deployment' }),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers } },
      },
      status: {},
    };
  },
};

function jobSpec(name: string, image: string, command: readonly string[], restartPolicy: string): JsonObject {
  return { template: { metadata: {}, spec: { containers: [containerOf(name, image, command)], restartPolicy } } };
}

/** Source: create_job.go. */
const job: Generator = {
  name: 'job',
  flags: { image: { type: 'text' }, from: { type: 'text' } },
  make(name, flags, terminal) {
    const [image, from, command] = [textFlag(flags, 'image'), textFlag(flags, 'from'), flags.rest];
    if ((image === '') === (from === '')) throw new KubectlError('error: either --image or --from must be specified');
    if (command.length > 0 && from !== '') throw new KubectlError('error: cannot specify --from and command');
    const metadata = metadataFor(name, flags);
    const head = { apiVersion: 'batch/v1', kind: 'Job' };
    if (from === '') return { ...head, metadata, spec: jobSpec(name, image, command, 'Never'), status: {} };
    return { ...head, ...fromCronJob(from, flags, metadata, terminal), status: {} };
  },
};

function fromCronJob(from: string, flags: Flags, metadata: JsonObject, terminal: Terminal): JsonObject {
  const [kind = '', name = ''] = from.includes('/') ? from.split('/') : ['cronjob', from];
  const resource = servedNamed(kind, terminal);
  if (resource.kind !== 'CronJob') throw new KubectlError(`error: from must be an existing cronjob`);
  const namespace = textFlag(flags, 'namespace') || 'default';
  const found = answered(terminal.call(callOf('get', { resource, name, namespace }))).object;
  const template = objectAt(found, 'spec', 'jobTemplate');
  const annotations = Object.fromEntries(stringMapAt(template, 'metadata', 'annotations'));
  const labels = Object.fromEntries(stringMapAt(template, 'metadata', 'labels'));
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: nameOf(found), uid: uidOf(found), controller: true };
  return {
    metadata: {
      ...metadata,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ownerReferences: [owner],
    },
    spec: valueAt(template, 'spec') ?? {},
  };
}

/** Source: create_cronjob.go. */
const cronJob: Generator = {
  name: 'cronjob',
  flags: { image: { type: 'text' }, schedule: { type: 'text' }, restart: { type: 'text' } },
  required: ['image', 'schedule'],
  make(name, flags): KubernetesObject {
    const restart = textFlag(flags, 'restart') || 'OnFailure';
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadataFor(name, flags),
      spec: {
        jobTemplate: { metadata: { name }, spec: jobSpec(name, textFlag(flags, 'image'), flags.rest, restart) },
        schedule: textFlag(flags, 'schedule'),
      },
      status: {},
    };
  },
};

export const WORKLOAD_GENERATORS: readonly Generator[] = [deployment, job, cronJob];
