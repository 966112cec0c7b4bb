import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray } from '../../base/json.ts';
import { entriesOf, kubernetesName, listOf, numberOf, secondsOf, textOf, wordsOf } from './compose-values.ts';
import { containerOf } from './container.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';
import { placementOf } from './placement.ts';
import type { PublishedPort } from './ports.ts';
import type { Mounts } from './volumes.ts';

/** Metadata and spec of the Pods. */
export function podTemplateOf(
  parts: ServiceParts,
  ports: readonly PublishedPort[],
  mounts: Mounts,
  restartPolicy: string,
): { readonly metadata: JsonObject; readonly spec: JsonObject } {
  const { service, wishes, labels, annotations } = parts;
  const { spec } = service;
  const pullSecret = wishes.get('kompose.image-pull-secret');
  return {
    metadata: compact({ labels: { ...labels, ...parts.networkLabels }, annotations }),
    spec: {
      containers: [containerOf(parts, ports, mounts)],
      ...compact({
        initContainers: initContainersOf(parts),
        restartPolicy: restartPolicy === 'Always' ? undefined : restartPolicy,
        terminationGracePeriodSeconds: secondsOf(spec['stop_grace_period']),
        hostname: hostnameOf(parts),
        subdomain: textOf(spec['domainname']) === '' ? undefined : kubernetesName(textOf(spec['domainname'])),
        hostAliases: hostAliasesOf(parts),
        dnsConfig: compact({
          nameservers: listOf(spec['dns']).map(textOf),
          searches: listOf(spec['dns_search']).map(textOf),
          options: asArray(spec['dns_opt']).map((option) => optionOf(textOf(option))),
        }),
        ...hostOf(parts),
        securityContext: podSecurityOf(parts),
        serviceAccountName: wishes.get('kompose.serviceaccount-name'),
        imagePullSecrets: pullSecret === undefined ? undefined : [{ name: pullSecret }],
        ...placementOf(parts),
        volumes: mounts.volumes,
      }),
    },
  };
}

function initContainersOf({ wishes }: ServiceParts): readonly JsonValue[] {
  const image = wishes.get('kompose.init.containers.image');
  if (image === undefined) return [];
  const command = wishes.get('kompose.init.containers.command') ?? '';
  return [
    {
      name: wishes.get('kompose.init.containers.name') ?? 'init',
      image,
      ...compact({ command: commandOf(command) }),
    },
  ];
}

function commandOf(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map(String);
  } catch {
    // Not a JSON list: words of a shell, below.
  }
  return wordsOf(text);
}

function hostnameOf({ service }: ServiceParts): string | undefined {
  const hostname = textOf(service.spec['hostname']);
  return hostname === '' || kubernetesName(hostname) === kubernetesName(service.name)
    ? undefined
    : kubernetesName(hostname);
}

function hostAliasesOf({ service }: ServiceParts): readonly JsonValue[] {
  const hosts = service.spec['extra_hosts'];
  const entries = Array.isArray(hosts)
    ? (hosts as readonly JsonValue[]).map((text) => /^([^:=]+)[:=](.+)$/.exec(textOf(text))?.slice(1) ?? [])
    : entriesOf(hosts);
  return entries.flatMap(([name, ip]): JsonValue[] => {
    if (name === undefined || ip === undefined || ip === null) return [];
    if (/^(?:[\d.]+|[0-9a-fA-F:[\]]+)$/.test(ip)) return [{ hostnames: [name], ip: ip.replaceAll(/[[\]]/g, '') }];
    service.say('lost', 'compose.lost', ['extra_hosts'], { service: service.name, key: `extra_hosts: ${name}` });
    return [];
  });
}

function optionOf(option: string): JsonValue {
  const [name = '', value] = option.split(':');
  return value === undefined ? { name } : { name, value };
}

function hostOf({ service }: ServiceParts): JsonObject {
  const { spec } = service;
  const mode = textOf(spec['network_mode']);
  if (mode !== '' && mode !== 'host' && mode !== 'bridge')
    service.say('lost', 'compose.lost', ['network_mode'], { service: service.name, key: `network_mode: ${mode}` });
  for (const key of ['pid', 'ipc']) {
    const value = textOf(spec[key]);
    if (value !== '' && value !== 'host' && value !== 'private' && value !== 'shareable')
      service.say('lost', 'compose.lost', [key], { service: service.name, key: `${key}: ${value}` });
  }
  const isHost = (key: string): true | undefined => (textOf(spec[key]) === 'host' ? true : undefined);
  return { hostNetwork: mode === 'host' ? true : undefined, hostPID: isHost('pid'), hostIPC: isHost('ipc') };
}

function podSecurityOf({ service, wishes }: ServiceParts): JsonObject {
  const { spec } = service;
  const groups = listOf(spec['group_add']).flatMap((group, index) => {
    const number = numberOf(group);
    if (number === undefined)
      service.say('lost', 'compose.lost', ['group_add', index], {
        service: service.name,
        key: `group_add: ${textOf(group)}`,
      });
    return number === undefined ? [] : [number];
  });
  return compact({
    fsGroup: numberOf(wishes.get('kompose.security-context.fsgroup')),
    supplementalGroups: groups,
    sysctls: entriesOf(spec['sysctls']).map(([name, value]) => ({ name, value: value ?? '' })),
  });
}
