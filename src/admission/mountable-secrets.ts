import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { Path } from '../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../base/json.ts';
import type { ContainerList } from './pod-containers.ts';
import { containersIn } from './pod-containers.ts';

export interface ForbiddenSecret {
  readonly message: string;
  readonly field: Path;
}

/** What each list's containers are called in messages. */
const WORDS: Readonly<Record<ContainerList, string>> = {
  initContainers: 'init container',
  containers: 'container',
  ephemeralContainers: 'ephemeral container',
};

/**
 * The first Secret of a Pod that its ServiceAccount does not list. `wholePod` looks at volumes and pull secrets as well.
 * Source: plugin/pkg/admission/serviceaccount/admission.go `limitSecretReferences`,
 * `limitEphemeralContainerSecretReferences`, 1.36.
 */
export function forbiddenSecret(
  pod: KubernetesObject,
  account: KubernetesObject,
  lists: readonly ContainerList[],
  wholePod: boolean,
): ForbiddenSecret | undefined {
  const mountable = namesIn(account, 'secrets');
  const isForbidden = (name: string | undefined): name is string => name !== undefined && !mountable.has(name);
  const because = `is not allowed because service account ${nameOf(account)} does not reference that`;
  if (wholePod) {
    for (const [index, volume] of arrayAt(pod, 'spec', 'volumes').entries()) {
      const name = secretName(valueAt(volume, 'secret'), 'secretName');
      if (!isForbidden(name)) continue;
      const message = `volume with secret.secretName="${name}" ${because} secret`;
      return { message, field: ['spec', 'volumes', index, 'secret', 'secretName'] };
    }
  }
  for (const list of lists) {
    for (const [index, container] of containersIn(pod, list).entries()) {
      const field = ['spec', list, index];
      const who = `${WORDS[list]} ${stringAt(container, 'name') ?? ''}`;
      for (const [at, env] of arrayAt(container, 'env').entries()) {
        const name = secretName(valueAt(env, 'valueFrom', 'secretKeyRef'), 'name');
        if (!isForbidden(name)) continue;
        const message = `${who} with envVar ${stringAt(env, 'name') ?? ''} referencing secret.secretName="${name}" ${because} secret`;
        return { message, field: [...field, 'env', at, 'valueFrom', 'secretKeyRef', 'name'] };
      }
      for (const [at, source] of arrayAt(container, 'envFrom').entries()) {
        const name = secretName(valueAt(source, 'secretRef'), 'name');
        if (!isForbidden(name)) continue;
        const message = `${who} with envFrom referencing secret.secretName="${name}" ${because} secret`;
        return { message, field: [...field, 'envFrom', at, 'secretRef', 'name'] };
      }
    }
  }
  return wholePod ? forbiddenPullSecret(pod, account, because) : undefined;
}

function forbiddenPullSecret(
  pod: KubernetesObject,
  account: KubernetesObject,
  because: string,
): ForbiddenSecret | undefined {
  const allowed = namesIn(account, 'imagePullSecrets');
  const secrets = arrayAt(pod, 'spec', 'imagePullSecrets').map((secret) => stringAt(secret, 'name') ?? '');
  const index = secrets.findIndex((name) => !allowed.has(name));
  if (index < 0) return undefined;
  const message = `imagePullSecrets[${index}].name="${secrets[index]!}" ${because} imagePullSecret`;
  return { message, field: ['spec', 'imagePullSecrets', index, 'name'] };
}

function namesIn(account: KubernetesObject, field: string): ReadonlySet<string> {
  return new Set(arrayAt(account, field).map((entry) => stringAt(entry, 'name') ?? ''));
}

/** The name in a reference; '' where it has none, undefined where there is no reference. */
function secretName(reference: unknown, field: string): string | undefined {
  return reference === undefined || reference === null ? undefined : (stringAt(reference, field) ?? '');
}
