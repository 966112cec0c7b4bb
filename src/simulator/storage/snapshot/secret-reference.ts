import { validateDns1123Label, validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import type { ResourceName } from '../../messages.ts';

/** Which Secret parameters of a class name: with what a snapshot is made, with what it is asked for. */
type SecretUse = 'Snapshotter' | 'SnapshotterList';

interface SecretReference {
  readonly name: string;
  readonly namespace: string;
}

const SECRETS: ResourceName = { group: '', version: 'v1', plural: 'secrets' };
const KEYS: Readonly<Record<SecretUse, string>> = {
  Snapshotter: 'csi.storage.k8s.io/snapshotter-secret',
  SnapshotterList: 'csi.storage.k8s.io/snapshotter-list-secret',
};

/**
 * The Secret that a class names; undefined where it names none, and the sync fails where it does so badly.
 * Source: kubernetes-csi/external-snapshotter pkg/utils/util.go `GetSecretReference`, v8.6.0.
 */
export function secretReference(
  use: SecretUse,
  parameters: ReadonlyMap<string, string>,
  content: string,
  snapshot?: KubernetesObject,
): SecretReference | undefined {
  const [name, namespace] = [parameters.get(`${KEYS[use]}-name`), parameters.get(`${KEYS[use]}-namespace`)];
  if (name === undefined && namespace === undefined) return undefined;
  if (name === undefined || namespace === undefined)
    return refused(`either name and namespace for ${use} secrets specified, Both must be specified`);
  if (name === '' || namespace === '')
    return refused(`${use} secrets specified in parameters but value of either namespace or name is empty`);
  const known = new Map([['volumesnapshotcontent.name', content]]);
  if (snapshot !== undefined) known.set('volumesnapshot.namespace', namespaceOf(snapshot) ?? '');
  const ownNamespace = resolved(namespace, known);
  if (validateDns1123Label(ownNamespace).length > 0) return fail(notValid(namespace, ownNamespace, 'namespace'));
  if (snapshot !== undefined) known.set('volumesnapshot.name', nameOf(snapshot));
  const ownName = resolved(name, known);
  if (validateDns1123Subdomain(ownName).length > 0) return fail(notValid(name, ownName, 'secret'));
  return { name: ownName, namespace: ownNamespace };
}

function notValid(template: string, value: string, what: string): string {
  const words = `which is not a valid ${what} name`;
  if (template === value) return `${quoteString(template)} is not a valid ${what} name`;
  return `${quoteString(template)} resolved to ${quoteString(value)} ${words}`;
}

/** Source: pkg/utils/util.go `resolveTemplate`; Go's `os.Expand` reads `$name` as well as `${name}`. */
function resolved(template: string, known: ReadonlyMap<string, string>): string {
  const missing = new Set<string>();
  const text = template.replaceAll(/\$(?:\{([^}]*)\}|(\w+))/g, (_whole, braced?: string, bare?: string) => {
    const token = braced ?? bare ?? '';
    const value = known.get(token);
    if (value === undefined) missing.add(token);
    return value ?? '';
  });
  if (missing.size === 0) return text;
  const tokens = [...missing].toSorted().map(quoteString).join(' ');
  return fail(`error resolving value ${quoteString(template)}: invalid tokens: [${tokens}]`);
}

/** Fails where a Secret is not there. Source: pkg/utils/util.go `GetCredentials`. */
export function requireSecret(context: ReconcileContext, { name, namespace }: SecretReference): void {
  const found = context.api.call({ verb: 'get', resource: SECRETS, namespace, name });
  if (!found.ok) fail(`error getting secret ${name} in namespace ${namespace}: ${found.message}`);
}

function refused(words: string): never {
  return fail(`failed to get name and namespace template from params: ${words}`);
}
