import { admissionChain, admit as askToAdmit, validate as askToValidate } from '../../admission/admission-chain.ts';
import type { AdmissionPlugin } from '../../admission/admission-plugin.ts';
import type { AdmissionRequest, Operation } from '../../admission/admission-request.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import { objectAt } from '../../base/json.ts';
import type { ApiRequest } from '../messages.ts';
import { clusterViewOf } from './cluster-view.ts';
import { generatedName } from './new-metadata.ts';
import type { Refusal } from './status.ts';
import type { Server } from './state.ts';

/** An object that the mutating plugins have let through. */
export interface Admitted {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
  /** The validating plugins, once the object is ready to be stored. */
  validate(object: KubernetesObject): Validated | Refusal;
}

export interface Validated {
  readonly warnings: readonly string[];
  /** Other objects that are written with the request: quotas with what is used then. */
  readonly writes: readonly KubernetesObject[];
}

const chains = new WeakMap<object, readonly AdmissionPlugin[]>();

/** The plugins that a server asks: those that are on by default, as a server without flags has them, unless it says otherwise. */
function chainOf({ state: { settings } }: Server): readonly AdmissionPlugin[] {
  const made = chains.get(settings) ?? admissionChain(settings.admission);
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
  const { context } = server;
  const view = clusterViewOf(server);
  const asked: AdmissionRequest = {
    operation,
    kind: groupVersionKindOf(object),
    resource: { group: request.resource.group, resource: request.resource.plural },
    subresource: request.subresource ?? '',
    namespace: object.kind === 'Namespace' ? nameOf(object) : (request.namespace ?? namespaceOf(object) ?? ''),
    name: request.name ?? nameOf(object),
    object,
    ...(old === undefined ? {} : { oldObject: old }),
    user: request.user,
    dryRun: request.options?.dryRun === true,
    generateName: (prefix) => generatedName(prefix, context),
  };
  const answer = askToAdmit(asked, view, chainOf(server));
  if ('refusal' in answer) return told(server, 'mutatingAdmission', answer.plugin, answer.refusal);
  const changed = answer.object ?? object;
  const { changedBy } = answer;
  context.cause = context.note({
    class: 'internal',
    verb: 'mutatingAdmission',
    detail: { changed: changedFields(object, changed), changedBy },
  });
  return {
    object: changed,
    warnings: answer.warnings,
    validate(prepared) {
      const verdict = askToValidate({ ...asked, object: prepared, name: nameOf(prepared) }, view, chainOf(server));
      if ('refusal' in verdict) return told(server, 'validatingAdmission', verdict.plugin, verdict.refusal);
      context.cause = context.note({ class: 'internal', verb: 'validatingAdmission', detail: {} });
      return { warnings: verdict.warnings, writes: verdict.writes };
    },
  };
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

/** Asks the plugins whether an object may be deleted; undefined where it may. */
export function admitDelete(server: Server, request: ApiRequest, old: KubernetesObject): Refusal | undefined {
  const view = clusterViewOf(server);
  const asked: AdmissionRequest = {
    operation: 'DELETE',
    kind: groupVersionKindOf(old),
    resource: { group: request.resource.group, resource: request.resource.plural },
    subresource: request.subresource ?? '',
    namespace: old.kind === 'Namespace' ? nameOf(old) : (request.namespace ?? namespaceOf(old) ?? ''),
    name: request.name ?? nameOf(old),
    oldObject: old,
    user: request.user,
    dryRun: request.options?.dryRun === true,
    generateName: (prefix) => prefix,
  };
  for (const phase of [askToAdmit, askToValidate]) {
    const answer = phase(asked, view, chainOf(server));
    if ('refusal' in answer) return told(server, 'admit', answer.plugin, answer.refusal);
  }
  return undefined;
}

function told({ context }: Server, verb: string, plugin: string, { code, reason, message, details }: Refusal): Refusal {
  context.cause = context.note({ class: 'internal', verb, detail: { plugin, code, message } });
  return { code, reason, message, ...(details === undefined ? {} : { details }) };
}
