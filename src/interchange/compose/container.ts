import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, objectAt, valueAt } from '../../base/json.ts';
import {
  booleanOf,
  bytesOf,
  cpuOf,
  kubernetesName,
  listOf,
  numberOf,
  textOf,
  withoutExpansion,
  wordsOf,
} from './compose-values.ts';
import { environmentOf } from './environment.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';
import { containerPorts } from './ports.ts';
import type { PublishedPort } from './ports.ts';
import { probesOf } from './probes.ts';
import type { Mounts } from './volumes.ts';

/** The container that the service runs. */
export function containerOf(parts: ServiceParts, ports: readonly PublishedPort[], { mounts }: Mounts): JsonObject {
  const { service, wishes } = parts;
  const { spec } = service;
  return {
    name: kubernetesName(textOf(spec['container_name']) || service.name),
    image: imageOf(parts),
    ...compact({
      imagePullPolicy: pullPolicyOf(textOf(spec['pull_policy'])) ?? wishes.get('kompose.image-pull-policy'),
      command: wordsOf(spec['entrypoint']).map(withoutExpansion),
      args: wordsOf(spec['command']).map(withoutExpansion),
      workingDir: textOf(spec['working_dir']) || undefined,
      ...environmentOf(parts),
      ports: containerPorts(ports),
      resources: resourcesOf(parts),
      ...probesOf(parts),
      securityContext: securityOf(parts),
      stdin: booleanOf(spec['stdin_open']) === true ? true : undefined,
      tty: booleanOf(spec['tty']) === true ? true : undefined,
      volumeMounts: mounts,
    }),
  };
}

function imageOf({ service, name }: ServiceParts): string {
  const image = textOf(service.spec['image']);
  const build = service.spec['build'];
  if (build !== undefined && build !== null)
    service.say('changed', 'compose.build', ['build'], { service: service.name, image: image || name });
  else if (image === '') service.say('changed', 'compose.noImage', [], { service: service.name, image: name });
  return image || name;
}

/** Source: compose-spec, `pull_policy`. */
const PULL_POLICIES: Readonly<Record<string, string>> = {
  always: 'Always',
  never: 'Never',
  missing: 'IfNotPresent',
  if_not_present: 'IfNotPresent',
};

function pullPolicyOf(word: string): string | undefined {
  return PULL_POLICIES[word];
}

function resourcesOf({ service, wishes }: ServiceParts): JsonObject {
  const { spec } = service;
  const deploy = objectAt(spec, 'deploy', 'resources');
  for (const of of ['limits', 'reservations'] as const) {
    for (const key of Object.keys(objectAt(deploy, of) ?? {}))
      if (key !== 'cpus' && key !== 'memory')
        service.say('lost', 'compose.lost', ['deploy', 'resources', of, key], {
          service: service.name,
          key: `deploy.resources.${of}.${key}`,
        });
  }
  const label = (of: string): string | undefined => wishes.get(`kompose.ephemeral-storage.${of}`);
  const limits = compact({
    cpu: cpuOf(valueAt(deploy, 'limits', 'cpus') ?? spec['cpus']),
    memory: bytesOf(valueAt(deploy, 'limits', 'memory') ?? spec['mem_limit']),
    'ephemeral-storage': label('limit'),
  });
  const requests = compact({
    cpu: cpuOf(valueAt(deploy, 'reservations', 'cpus')),
    memory: bytesOf(valueAt(deploy, 'reservations', 'memory') ?? spec['mem_reservation']),
    'ephemeral-storage': label('request'),
  });
  return compact({ limits, requests });
}

function securityOf({ service }: ServiceParts): JsonObject {
  const { spec } = service;
  const [user = '', group = ''] = textOf(spec['user']).split(':');
  for (const part of [user, group])
    if (part !== '' && !/^\d+$/.test(part))
      service.say('lost', 'compose.lost', ['user'], { service: service.name, key: `user: ${part}` });
  let noNewPrivileges: boolean | undefined;
  listOf(spec['security_opt']).forEach((option, index) => {
    if (/^no-new-privileges(?::true)?$/.test(textOf(option))) noNewPrivileges = true;
    else
      service.say('lost', 'compose.lost', ['security_opt', index], {
        service: service.name,
        key: `security_opt: ${textOf(option)}`,
      });
  });
  const names = (key: string): readonly JsonValue[] =>
    asArray(spec[key]).map((name) => textOf(name).replace(/^CAP_/, ''));
  return compact({
    allowPrivilegeEscalation: noNewPrivileges === true ? false : undefined,
    capabilities: compact({ add: names('cap_add'), drop: names('cap_drop') }),
    privileged: booleanOf(spec['privileged']) === true ? true : undefined,
    readOnlyRootFilesystem: booleanOf(spec['read_only']) === true ? true : undefined,
    runAsGroup: numberOf(group),
    runAsUser: numberOf(user),
  });
}
