import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, objectAt } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import { isRefusal } from '../../field-edit.ts';
import type { Connection, KindDefinition, Summary } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { namespaceOrDefault } from '../name-reference.ts';
import { newMetadata } from '../new-metadata.ts';
import { ALREADY } from '../same-namespace.ts';
import { caInjectionReferences } from './ca-injection.ts';
import { SERVICE, clientConfigReferences, serviceToCall } from './client-config.ts';

const GROUP = 'admissionregistration.k8s.io';

/** MutatingWebhookConfiguration and ValidatingWebhookConfiguration differ in when they are asked, not in their form. */
export function webhookConfigurationDefinition(kind: string, resource: string): KindDefinition {
  return {
    group: GROUP,
    version: 'v1',
    kind,
    resource,
    shortNames: [],
    scope: 'Cluster',
    category: 'cluster',
    olderVersions: [{ group: GROUP, version: 'v1beta1' }],
    // Without rules it is asked about nothing: a new webhook must not stop a cluster.
    newObject: (name) => ({
      apiVersion: `${GROUP}/v1`,
      kind,
      metadata: newMetadata(name),
      webhooks: [
        {
          name: 'webhook.example.com',
          clientConfig: { url: 'https://webhook.example.com/' },
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
        },
      ],
    }),
    references: (object) => [
      ...arrayAt(object, 'webhooks').flatMap((_, index) =>
        clientConfigReferences(object, ['webhooks', index, 'clientConfig']),
      ),
      ...caInjectionReferences(object),
    ],
    connections: [callService],
    disconnect,
    summary,
    fields: [
      'webhooks[*].name',
      'webhooks[*].clientConfig.service.name',
      'webhooks[*].clientConfig.service.path',
      'webhooks[*].rules',
      'webhooks[*].failurePolicy',
      'webhooks[*].namespaceSelector',
      'webhooks[*].timeoutSeconds',
    ],
  };
}

/** Webhook → Service: the first webhook that calls no Service yet, else one more webhook. */
const callService: Connection = {
  id: 'callService',
  to: SERVICE,
  connect(source, target) {
    const service = serviceToCall(target);
    if (isRefusal(service)) return service;
    const webhooks = arrayAt(source, 'webhooks');
    const name = nameOf(target);
    const namespace = namespaceOrDefault(target);
    const calls = webhooks.some(
      (webhook) =>
        nameAt(webhook, 'clientConfig', 'service', 'name') === name &&
        nameAt(webhook, 'clientConfig', 'service', 'namespace') === namespace,
    );
    if (calls) return ALREADY;
    const open = webhooks.findIndex((webhook) => objectAt(webhook, 'clientConfig', 'service') === undefined);
    if (open >= 0) {
      const path = ['webhooks', open, 'clientConfig'];
      const edits: FieldEdit[] = [{ op: 'set', path: [...path, 'service'], value: service }];
      if (nameAt(webhooks[open], 'clientConfig', 'url') !== undefined)
        edits.push({ op: 'delete', path: [...path, 'url'] });
      return { source: edits };
    }
    const value = {
      name: `${name}.${namespace}.svc`,
      clientConfig: { service },
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
    };
    return { source: [{ op: 'append', path: ['webhooks'], value }] };
  },
};

/** A webhook is somewhere, so it goes as a whole; the list of webhooks may be empty. */
function disconnect(_: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  return [{ op: 'delete', path: type === 'webhook' ? field.slice(0, 2) : field }];
}

/** How many webhooks, as kubectl counts them, and the resources they are asked about. */
function summary(object: KubernetesObject): Summary {
  const webhooks = arrayAt(object, 'webhooks');
  const resources = webhooks.flatMap((webhook) =>
    arrayAt(webhook, 'rules').flatMap((rule) => arrayAt(rule, 'resources').flatMap((name) => asName(name) ?? [])),
  );
  const detail = [...new Set(resources)].join(', ');
  return { fact: `webhooks ${webhooks.length}`, ...(detail !== '' && { detail }) };
}
