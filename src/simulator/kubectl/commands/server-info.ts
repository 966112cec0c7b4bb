import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { isOn } from '../flags.ts';
import { SELECTING, answered, discovered } from '../resources.ts';

const NOTHING = { group: '', version: '', plural: '' };
/** Of the release whose words kubectl has here. */
const CLIENT_VERSION = 'v1.36.2';
const KUSTOMIZE_VERSION = 'v5.8.1';
const SERVER = 'https://kube-apiserver:6443';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/version/version.go, 1.36. */
const version: KubectlCommand = {
  name: 'version',
  flags: { client: { type: 'switch' } },
  run(terminal, flags) {
    terminal.out(`Client Version: ${CLIENT_VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}\n`);
    if (isOn(flags, 'client')) return 0;
    const { object } = answered(terminal.call({ verb: 'get', path: '/version', resource: NOTHING }));
    terminal.out(`Server Version: ${stringAt(object, 'gitVersion') ?? ''}\n`);
    return 0;
  },
};

/** Source: apiresources/apiversions.go. */
const apiVersions: KubectlCommand = {
  name: 'api-versions',
  flags: {},
  run(terminal) {
    const names = discovered(terminal).flatMap(({ group, versions }) =>
      versions.map((served) => formatApiVersion(group, served)),
    );
    terminal.out([...new Set(names)].toSorted(compareStrings).join('\n') + '\n');
    return 0;
  },
};

/** Source: clusterinfo/clusterinfo.go. */
const clusterInfo: KubectlCommand = {
  name: 'cluster-info',
  flags: { namespace: SELECTING.namespace },
  run(terminal) {
    const { object } = answered(
      terminal.call({
        verb: 'list',
        resource: { group: '', version: 'v1', plural: 'services' },
        namespace: 'kube-system',
        options: { labelSelector: 'kubernetes.io/cluster-service=true' },
      }),
    );
    terminal.out(`Kubernetes control plane is running at ${SERVER}\n`);
    for (const service of arrayAt(object, 'items') as readonly unknown[] as readonly KubernetesObject[])
      terminal.out(
        `${labelsOf(service).get('kubernetes.io/name') || nameOf(service)} is running at ${linkTo(service)}\n`,
      );
    terminal.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return 0;
  },
};

function linkTo(service: KubernetesObject): string {
  const ports = arrayAt(service, 'spec', 'ports');
  const [ingress] = arrayAt(service, 'status', 'loadBalancer', 'ingress');
  if (ingress !== undefined) {
    const address = stringAt(ingress, 'ip') ?? stringAt(ingress, 'hostname') ?? '';
    return ports.map((port) => `http://${address}:${numberAt(port, 'port') ?? 0} `).join('');
  }
  const [first] = ports;
  const port = stringAt(first, 'name') ?? '';
  const isSecure = port === 'https' || numberAt(first, 'port') === 443;
  const plain = port === '' ? nameOf(service) : `${nameOf(service)}:${port}`;
  const name = isSecure ? `https:${nameOf(service)}:${port}` : plain;
  return `${SERVER}/api/v1/namespaces/${namespaceOf(service) ?? ''}/services/${name}/proxy`;
}

export const SERVER_COMMANDS: readonly KubectlCommand[] = [version, apiVersions, clusterInfo];
