import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, booleanAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { FieldEdit } from '../field-edit.ts';
import { isRefusal } from '../field-edit.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { customKindDefinition } from '../shared/custom-kind.ts';
import type { PrintColumn } from '../shared/custom-kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY } from '../shared/same-namespace.ts';
import { compareVersions } from '../shared/version-priority.ts';
import { caInjectionReferences } from '../shared/webhook/ca-injection.ts';
import { SERVICE, clientConfigReferences, serviceToCall } from '../shared/webhook/client-config.ts';

const GROUP = 'apiextensions.k8s.io';
const CONVERSION = ['spec', 'conversion', 'webhook', 'clientConfig'];
/** As v1beta1 wrote it. */
const OLD_CONVERSION = ['spec', 'conversion', 'webhookClientConfig'];

/** CustomResourceDefinition → Service: who converts between versions. */
const convertByService: Connection = {
  id: 'callService',
  to: SERVICE,
  connect(source, target) {
    const service = serviceToCall(target);
    if (isRefusal(service)) return service;
    const same = (field: string) => stringAt(source, ...CONVERSION, 'service', field) === service[field];
    if (same('name') && same('namespace')) return ALREADY;
    const versions = arrayAt(source, 'spec', 'conversion', 'webhook', 'conversionReviewVersions');
    const value = {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: versions.length > 0 ? versions : ['v1'], clientConfig: { service } },
    };
    return { source: [{ op: 'set', path: ['spec', 'conversion'], value }] };
  },
};

export const customResourceDefinition: KindDefinition = {
  group: GROUP,
  version: 'v1',
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: [{ group: GROUP, version: 'v1beta1' }],
  newObject,
  references: (object) => [
    ...clientConfigReferences(object, CONVERSION),
    ...clientConfigReferences(object, OLD_CONVERSION),
    ...caInjectionReferences(object),
  ],
  definesKinds,
  connections: [convertByService],
  disconnect,
  summary,
  fields: [
    'spec.group',
    'spec.names.kind',
    'spec.names.plural',
    'spec.names.shortNames',
    'spec.scope',
    'spec.versions[*].name',
    'spec.versions[*].served',
    'spec.versions[*].storage',
  ],
};

/** The API server takes no name but `plural.group`; any other word becomes the plural. */
function newObject(name: string): KubernetesObject {
  const [, plural, group] = /^([a-z0-9][-a-z0-9]*)\.(.+)$/.exec(name) ?? [name, name, 'example.com'];
  const singular = plural!.replace(/s$/, '') || plural!;
  const kind = singular
    .replace(/^[a-z]/, (letter) => letter.toUpperCase())
    .replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'CustomResourceDefinition',
    metadata: newMetadata(`${plural}.${group}`),
    spec: {
      group: group!,
      names: { kind, plural: plural!, singular },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
            },
          },
        },
      ],
    },
  };
}

/** The kind that the definition brings, under the version that discovery prefers. */
function definesKinds(object: KubernetesObject): readonly KindDefinition[] {
  const group = nameAt(object, 'spec', 'group');
  const kind = nameAt(object, 'spec', 'names', 'kind');
  const plural = nameAt(object, 'spec', 'names', 'plural');
  const version = preferredVersion(object);
  if (group === undefined || kind === undefined || plural === undefined || version === undefined) return [];
  return [
    customKindDefinition({
      group,
      kind,
      plural,
      version,
      versions: versionsOf(object).map(({ name }) => name),
      scope: stringAt(object, 'spec', 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced',
      shortNames: arrayAt(object, 'spec', 'names', 'shortNames').flatMap((short) => asName(short) ?? []),
      printColumns: printColumns(object, version),
    }),
  ];
}

interface Version {
  readonly name: string;
  readonly served: boolean;
}

/** `spec.versions`; v1beta1 also had a single `spec.version`. */
function versionsOf(object: KubernetesObject): readonly Version[] {
  const listed = arrayAt(object, 'spec', 'versions').flatMap((version) => {
    const name = nameAt(version, 'name');
    return name === undefined ? [] : [{ name, served: booleanAt(version, 'served') !== false }];
  });
  const single = nameAt(object, 'spec', 'version');
  return listed.length > 0 || single === undefined ? listed : [{ name: single, served: true }];
}

function preferredVersion(object: KubernetesObject): string | undefined {
  const versions = versionsOf(object);
  const served = versions.filter((version) => version.served);
  return (served.length > 0 ? served : versions).map(({ name }) => name).sort(compareVersions)[0];
}

function printColumns(object: KubernetesObject, version: string): readonly PrintColumn[] {
  const own = arrayAt(object, 'spec', 'versions').find((entry) => nameAt(entry, 'name') === version);
  const columns = arrayAt(own, 'additionalPrinterColumns');
  return (columns.length > 0 ? columns : arrayAt(object, 'spec', 'additionalPrinterColumns')).flatMap(printColumn);
}

/** v1beta1 spelled it `JSONPath`. */
function printColumn(column: JsonValue): readonly PrintColumn[] {
  const jsonPath = nameAt(column, 'jsonPath') ?? nameAt(column, 'JSONPath');
  if (jsonPath === undefined) return [];
  const priority = numberAt(column, 'priority');
  const type = nameAt(column, 'type');
  return [
    {
      name: nameAt(column, 'name') ?? '',
      jsonPath,
      ...(priority !== undefined && { priority }),
      ...(type !== undefined && { type }),
    },
  ];
}

/** Without the webhook, versions are no longer converted. */
function disconnect(object: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] {
  if (type !== 'webhook') return [{ op: 'delete', path: field }];
  const keeps = objectAt(object, 'spec', 'conversion') !== undefined;
  return keeps ? [{ op: 'delete', path: ['spec', 'conversion'] }] : [];
}

/** The kind it brings, and its versions in the order discovery prefers them. */
function summary(object: KubernetesObject): Summary {
  const fact = nameAt(object, 'spec', 'names', 'kind');
  const versions = versionsOf(object)
    .map(({ name }) => name)
    .sort(compareVersions)
    .join(', ');
  return { ...(fact !== undefined && { fact }), ...(versions !== '' && { detail: versions }) };
}
