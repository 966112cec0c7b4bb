import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { isOn } from '../flags.ts';
import { arrayOf, metadataFor, numberFlag, textFlag } from '../generators/generator.ts';
import { CREATING, createObject } from './create.ts';

const RESTARTS = ['Always', 'OnFailure', 'Never'];
const HELP = "\nSee 'kubectl run -h' for help and examples";

const CREATED = { done: 'created', fieldManager: 'kubectl-run' };

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/run/run.go and generate/versioned/run.go `BasicPod`, 1.36. */
export const run: KubectlCommand = {
  name: 'run',
  flags: {
    ...CREATING,
    image: { type: 'text' },
    'image-pull-policy': { type: 'text' },
    port: { type: 'text' },
    env: { type: 'list' },
    labels: { type: 'text', short: 'l' },
    annotations: { type: 'list' },
    restart: { type: 'text' },
    command: { type: 'switch' },
    expose: { type: 'switch' },
    privileged: { type: 'switch' },
    quiet: { type: 'switch', short: 'q' },
  },
  run(terminal, flags) {
    if (!flags.values.has('image')) throw new KubectlError('error: required flag(s) "image" not set');
    const [name] = flags.positionals;
    if (name === undefined) throw new KubectlError(`error: NAME is required for run${HELP}`);
    if (textFlag(flags, 'image') === '') throw new KubectlError('error: --image is required');
    if (isOn(flags, 'expose') && !flags.values.has('port'))
      throw new KubectlError(`error: --port must be set when exposing a service${HELP}`);
    const restartPolicy = textFlag(flags, 'restart') || 'Always';
    if (!RESTARTS.includes(restartPolicy))
      throw new KubectlError(`error: invalid restart policy: ${restartPolicy}${HELP}`);
    const pod = podOf(name, flags, restartPolicy);
    const codes = [
      ...(isOn(flags, 'expose') ? [createObject(terminal, flags, '', serviceOf(name, flags), CREATED)] : []),
      createObject(terminal, flags, '', pod, CREATED),
    ];
    return Math.max(...codes);
  },
};

function labelsOf(name: string, flags: Flags): JsonObject {
  const text = textFlag(flags, 'labels');
  return text === '' ? { run: name } : pairsOf(text);
}

/** `a=b,c=d`. */
export function pairsOf(text: string): JsonObject {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new KubectlError(`error: unexpected label spec: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function podOf(name: string, flags: Flags, restartPolicy: string): KubernetesObject {
  const words = [...flags.positionals.slice(1), ...flags.rest];
  const env = arrayOf(flags, 'env').map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new KubectlError(`error: invalid env: ${pair}`);
    const value = pair.slice(at + 1);
    return { name: pair.slice(0, at), ...(value === '' ? {} : { value }) };
  });
  const port = numberFlag(flags, 'port', 0, { command: 'run' });
  const pull = textFlag(flags, 'image-pull-policy');
  const annotations = arrayOf(flags, 'annotations');
  const container = {
    ...(words.length === 0 ? {} : { [isOn(flags, 'command') ? 'command' : 'args']: words }),
    ...(env.length === 0 ? {} : { env }),
    image: textFlag(flags, 'image'),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    name,
    ...(port === 0 ? {} : { ports: [{ containerPort: port }] }),
    resources: {},
    ...(isOn(flags, 'privileged') ? { securityContext: { privileged: true } } : {}),
  };
  const more = annotations.length === 0 ? {} : { annotations: pairsOf(annotations.join(',')) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadataFor(name, flags, { ...more, labels: labelsOf(name, flags) }),
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy },
    status: {},
  };
}

function serviceOf(name: string, flags: Flags): KubernetesObject {
  const port = numberFlag(flags, 'port', 0, { command: 'run' });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataFor(name, flags),
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labelsOf(name, flags) },
    status: { loadBalancer: {} },
  };
}
