import { parseDurationMs } from '../../../apimachinery/duration.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { SELECTING, namespaceOfFlags } from '../resources.ts';
import { sliceOf, textFlag, theOnlyName } from '../generators/generator.ts';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create_token.go, 1.36. */
const BOUND_KINDS: Readonly<Record<string, string>> = { Node: 'v1', Pod: 'v1', Secret: 'v1' };

export const createToken: KubectlCommand = {
  name: 'create token',
  flags: {
    namespace: SELECTING.namespace,
    audience: { type: 'list' },
    duration: { type: 'text' },
    'bound-object-kind': { type: 'text' },
    'bound-object-name': { type: 'text' },
    'bound-object-uid': { type: 'text' },
  },
  run(terminal, flags) {
    const name = theOnlyName('create token', flags);
    const result = terminal.call({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'serviceaccounts' },
      namespace: namespaceOfFlags(flags),
      name,
      subresource: 'token',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: specOf(flags) } as KubernetesObject,
    });
    if (!result.ok) throw new KubectlError(`error: failed to create token: ${result.message}`);
    terminal.out(stringAt(result.object, 'status', 'token') ?? '');
    return 0;
  },
};

function specOf(flags: Parameters<KubectlCommand['run']>[1]): object {
  const text = textFlag(flags, 'duration');
  const durationMs = text === '' ? 0 : parseDurationMs(text);
  if (durationMs === undefined)
    throw new KubectlError(
      `error: invalid argument ${JSON.stringify(text)} for "--duration" flag: time: invalid duration ${JSON.stringify(text)}\nSee 'kubectl create token --help' for usage.`,
    );
  if (durationMs < 0) throw new KubectlError('error: --duration must be greater than or equal to 0');
  if (durationMs % 1000 !== 0)
    throw new KubectlError('error: --duration cannot be expressed in units less than seconds');
  const audiences = sliceOf(flags, 'audience');
  const [kind, name, uid] = ['kind', 'name', 'uid'].map((part) => textFlag(flags, `bound-object-${part}`)) as [
    string,
    string,
    string,
  ];
  checkBound(kind, name, uid);
  return {
    ...(audiences.length === 0 ? {} : { audiences }),
    ...(durationMs === 0 ? {} : { expirationSeconds: durationMs / 1000 }),
    ...(kind === ''
      ? {}
      : { boundObjectRef: { kind, apiVersion: BOUND_KINDS[kind], name, ...(uid === '' ? {} : { uid }) } }),
  };
}

function checkBound(kind: string, name: string, uid: string): void {
  if (kind === '') {
    for (const [part, text] of [['name', name] as const, ['uid', uid] as const])
      if (text !== '')
        throw new KubectlError(`error: --bound-object-${part} can only be set if --bound-object-kind is provided`);
    return;
  }
  if (!Object.hasOwn(BOUND_KINDS, kind))
    throw new KubectlError(`error: supported --bound-object-kind values are ${Object.keys(BOUND_KINDS).join(', ')}`);
  if (name === '') throw new KubectlError('error: --bound-object-name is required if --bound-object-kind is provided');
}
