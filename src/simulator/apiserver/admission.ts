import { admissionChain, admit as askToAdmit, validate as askToValidate } from '../../admission/admission-chain.ts';
import type { AdmissionPlugin } from '../../admission/admission-plugin.ts';
import type { AdmissionRequest, Operation } from '../../admission/admission-request.ts';
import { withWarnings } from '../../admission/answer.ts';
import { RESOURCE_QUOTA } from '../../admission/quota/check-request.ts';
import { isCounted, resourceQuota } from '../../admission/quota/resource-quota.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import { objectAt } from '../../base/json.ts';
import type { ApiRequest } from '../messages.ts';
import { isDryRun } from './dry-run.ts';
import { clusterViewOf } from './cluster-view.ts';
import { generatedName } from './new-metadata.ts';
import { operationOptions } from './operation-options.ts';
import type { Refusal } from './status.ts';
import type { ApiServerState, Server } from './state.ts';

/** An object that the mutating plugins have let through. */
export interface Admitted {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
  /** The validating plugins, once the object is ready to be stored. */
  validate(object: KubernetesObject): Validated | Refusal;
}

export interface Validated {
  readonly warnings: readonly string[];
  /** What is still to be asked of the quotas of the namespace. */
  readonly quota?: QuotaQuestion;
}

/** A request that uses something which quotas count. Plain data, and never changes. */
export type QuotaQuestion = Omit<AdmissionRequest, 'generateName'>;

interface Chain {
  /** All but ResourceQuota, which waits for what it writes and so goes on by itself. */
  readonly plugins: readonly AdmissionPlugin[];
  readonly countsQuotas: boolean;
}

/** By what is switched: the same for the whole run. */
const chains = new WeakMap<object, Chain>();

/** Source: cmd/kubeadm/app/phases/controlplane/manifests.go `getAPIServerCommand`, 1.36. */
const AS_KUBEADM = ['NodeRestriction'];

/** The plugins that a server asks: as kubeadm sets it up, unless the run says otherwise. */
function chainOf({ settings }: ApiServerState): Chain {
  const known = chains.get(settings);
  if (known !== undefined) return known;
  const { enable = [], disable = [], ...rest } = settings.admission ?? {};
  const all = admissionChain({
    ...rest,
    enable: [...AS_KUBEADM.filter((name) => !disable.includes(name)), ...enable],
    disable,
  });
  const plugins = all.filter(({ name }) => name !== resourceQuota.name);
  const made = { plugins, countsQuotas: plugins.length < all.length };
  chains.set(settings, made);
  return made;
}

/** Asks the admission plugins, in their order; all are named in the trace. */
export function admit(
  server: Server,
  request: ApiRequest,
  operation: Operation,
  object: KubernetesObject,
  old: KubernetesObject | undefined,
): Admitted | Refusal {
  const { state, context } = server;
  const chain = chainOf(state);
  const view = clusterViewOf(server);
  const asked: AdmissionRequest = {
    operation,
    kind: groupVersionKindOf(object),
    resource: { group: request.resource.group, resource: request.resource.plural },
    version: request.resource.version,
    subresource: request.subresource ?? '',
    namespace: object.kind === 'Namespace' ? nameOf(object) : (request.namespace ?? namespaceOf(object) ?? ''),
    name: request.name ?? nameOf(object),
    object,
    ...(old === undefined ? {} : { oldObject: old }),
    ...optionsOf(request, operation),
    user: request.user,
    dryRun: isDryRun(request),
    generateName: nameGenerator(server),
  };
  const answer = onceIn(server, 'admitted', () => askToAdmit(asked, view, chain.plugins));
  if ('refusal' in answer) return told(server, 'mutatingAdmission', answer.plugin, answer.refusal);
  const changed = answer.object ?? object;
  const { changedBy } = answer;
  onceIn(server, 'noted', () => {
    const detail = { changed: changedFields(object, changed), changedBy };
    context.cause = context.note({ class: 'internal', verb: 'mutatingAdmission', detail });
  });
  return {
    object: changed,
    warnings: answer.warnings,
    validate(prepared) {
      const whole = { ...asked, object: prepared, name: nameOf(prepared) };
      const verdict = askToValidate(whole, view, chain.plugins);
      if ('refusal' in verdict) return told(server, 'validatingAdmission', verdict.plugin, verdict.refusal);
      const { warnings } = verdict;
      if (chain.countsQuotas && isCounted(whole) && view.list(RESOURCE_QUOTA, whole.namespace).length > 0) {
        const { generateName: _, ...quota } = whole;
        return { warnings, quota: Object.freeze(quota) };
      }
      letThrough(server);
      return { warnings };
    },
  };
}

/** Does a part of the preparation of a write once, however often it is prepared. */
export function onceIn<Value>({ run }: Server, name: string, act: () => Value): Value {
  return run === undefined ? act() : run.once(name, act);
}

/** Names are drawn once, in their order. */
function nameGenerator(server: Server): (prefix: string) => string {
  let drawn = 0;
  return (prefix) => onceIn(server, `name/${++drawn}`, () => generatedName(prefix, server.context));
}

function optionsOf(request: ApiRequest, operation: Operation): Pick<AdmissionRequest, 'options'> {
  const options = operationOptions(request, operation);
  return options === undefined ? {} : { options };
}

/** `spec.tolerations`, `metadata.labels`: parts that are not what they were. */
function changedFields(before: KubernetesObject, after: KubernetesObject): readonly string[] {
  if (before === after) return [];
  return ['metadata', 'spec'].flatMap((part) => {
    const [old, now] = [objectAt(before, part) ?? {}, objectAt(after, part) ?? {}];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .filter((key) => old[key] !== now[key])
      .sort(compareStrings)
      .map((key) => `${part}.${key}`);
  });
}

/** Asks the plugins whether a connection may be opened; the options with which it is, as the plugins leave them. */
export function admitConnect(
  server: Server,
  request: ApiRequest,
  options: KubernetesObject,
): { readonly object: KubernetesObject; readonly warnings: readonly string[] } | Refusal {
  const view = clusterViewOf(server);
  const { plugins } = chainOf(server.state);
  const asked: AdmissionRequest = {
    operation: 'CONNECT',
    kind: groupVersionKindOf(options),
    resource: { group: request.resource.group, resource: request.resource.plural },
    version: request.resource.version,
    subresource: request.subresource ?? '',
    namespace: request.namespace ?? '',
    name: request.name ?? '',
    object: options,
    user: request.user,
    dryRun: false,
    generateName: (prefix) => prefix,
  };
  const changed = onceIn(server, 'admitted', () => askToAdmit(asked, view, plugins));
  if ('refusal' in changed) return told(server, 'admit', changed.plugin, changed.refusal);
  const { object = options, warnings } = changed;
  const answer = askToValidate({ ...asked, object }, view, plugins);
  if ('refusal' in answer) return told(server, 'admit', answer.plugin, withWarnings(answer.refusal, warnings));
  return { object, warnings: [...new Set([...warnings, ...answer.warnings])] };
}

/** Asks the plugins whether an object may be deleted; their warnings where it may. */
export function admitDelete(
  server: Server,
  request: ApiRequest,
  old: KubernetesObject,
): { readonly warnings: readonly string[] } | Refusal {
  const view = clusterViewOf(server);
  const asked: AdmissionRequest = {
    operation: 'DELETE',
    kind: groupVersionKindOf(old),
    resource: { group: request.resource.group, resource: request.resource.plural },
    version: request.resource.version,
    subresource: request.subresource ?? '',
    namespace: old.kind === 'Namespace' ? nameOf(old) : (request.namespace ?? namespaceOf(old) ?? ''),
    name: request.name ?? nameOf(old),
    oldObject: old,
    ...optionsOf(request, 'DELETE'),
    user: request.user,
    dryRun: isDryRun(request),
    generateName: (prefix) => prefix,
  };
  const warnings: string[] = [];
  for (const phase of [askToAdmit, askToValidate]) {
    const answer = phase(asked, view, chainOf(server.state).plugins);
    if ('refusal' in answer) return told(server, 'admit', answer.plugin, withWarnings(answer.refusal, warnings));
    warnings.push(...answer.warnings);
  }
  return { warnings: [...new Set(warnings)] };
}

/** Notes that all validating plugins have let a request through. */
export function letThrough({ context }: Server): void {
  context.cause = context.note({ class: 'internal', verb: 'validatingAdmission', detail: {} });
}

/** Notes which plugin has refused a request. */
export function told(
  { context }: Server,
  verb: string,
  plugin: string,
  { code, reason, message, details, warnings }: Refusal,
): Refusal {
  context.cause = context.note({ class: 'internal', verb, detail: { plugin, code, message } });
  return {
    code,
    reason,
    message,
    ...(details === undefined ? {} : { details }),
    ...(warnings === undefined ? {} : { warnings }),
  };
}
