import { cidrSize, parseCidr } from '../../apimachinery/ip.ts';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { JsonValue } from '../../base/json.ts';
import type { PluginSwitches } from '../../admission/admission-chain.ts';
import { EVENT_LIMIT_TYPES, validateEventRateLimit } from '../../admission/event-rate-limit/configuration.ts';
import { ALL_ORDERED_PLUGINS } from '../../admission/plugin-order.ts';
import { PLUGINS } from '../../admission/plugins.ts';
import { integer, labels, listOf, object, objectOf, oneOf, text, truth } from './read-shape.ts';
import type { AutoscalerFlags } from '../clusterautoscaler/loop-state.ts';
import type { DeviceDriver } from '../devicedriver/device-driver.ts';
import type { IpFamily } from '../network/addresses.ts';
import { IP_FAMILIES, familyNumber, familyOf } from '../network/addresses.ts';
import type { PodNetworkName } from '../network/pod-network/pod-network.ts';
import { POD_NETWORKS } from '../network/pod-network/pod-network.ts';
import type { ProxyModeName } from '../kubeproxy/proxy-mode.ts';
import { PROXY_MODES } from '../kubeproxy/proxy-mode.ts';
import { autoscalerFlags } from './autoscaler.ts';
import { clientLimits } from './client-limits.ts';
import type { ClientLimits } from '../client/client-limits.ts';
import type { CsiDriver } from '../storage/csi-driver.ts';
import type { Read } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

/** Switches of a run that a script sets: those of `ClusterOptions`. */
export interface ScriptOptions {
  readonly authorization?: 'RBAC' | 'AlwaysAllow';
  readonly managedFields?: boolean;
  /** Whether metrics-server is there; where left out, it is when an autoscaler is in the design. */
  readonly metricsServer?: boolean;
  /** Whether the recommender of the Vertical Pod Autoscaler is there; where left out, it is when one is in the design. */
  readonly verticalPodAutoscaler?: boolean;
  /** Whether volumes can have snapshots; where left out, they can when the design has a snapshot or a claim made of one. */
  readonly snapshots?: boolean;
  /** Whether there is a cloud that makes load balancers; where left out, there is when a Service asks for one. */
  readonly cloud?: boolean;
  /** Whether a controller serves Ingresses, or Gateways too; where left out, as the design asks for it. */
  readonly ingress?: 'none' | 'ingress' | 'gateway';
  /** Flags of the autoscaler of `topology.pools`. */
  readonly autoscaler?: Partial<AutoscalerFlags>;
  readonly heartbeats?: 'single' | 'together';
  /** How fast scheduler, controllers and kubelets may ask the API server; as the release has it where left out. */
  readonly clientLimits?: ClientLimits;
  /** Storage drivers and how many of their volumes a Node can have: `[{name: ebs.csi.aws.com, volumesPerNode: 25}]`. */
  readonly drivers?: readonly CsiDriver[];
  /** Drivers of dynamic resource allocation and the devices of the Nodes that have their labels. */
  readonly deviceDrivers?: readonly DeviceDriver[];
  readonly admission?: PluginSwitches;
  /** How Pods of different Nodes reach each other: `bridge` where left out. */
  readonly podNetwork?: PodNetworkName;
  /** How kube-proxy makes Nodes send packets on: `iptables` where left out. */
  readonly proxyMode?: ProxyModeName;
  /**
   * Families of addresses of Nodes, Pods and Services, that of Services which say nothing first: `[IPv4]` where left out, or
   * those of `serviceNetworks`.
   */
  readonly ipFamilies?: readonly IpFamily[];
  /** Networks of Services, one or one of each family of addresses: `[10.96.0.0/12, fd00:10:96::/112]`. */
  readonly serviceNetworks?: readonly string[];
}

const plugins = (names: readonly string[]): { readonly read: Read } => ({ read: listOf(oneOf(...names)) });

const DEVICE_DRIVER = objectOf({
  name: { read: text },
  nodes: { read: labels },
  devices: { read: listOf(object) },
});

const deviceDriver: Read = (value, field, reader) => {
  const given = DEVICE_DRIVER(value, field, reader) as Partial<DeviceDriver> | undefined;
  if (given === undefined) return undefined;
  if (given.name === undefined) return reader.problem('script.type', `${field}.name`, { type: 'string' });
  return { devices: [], ...given };
};

const OPTIONS = objectOf({
  authorization: { read: oneOf('RBAC', 'AlwaysAllow') },
  managedFields: { read: truth },
  metricsServer: { read: truth },
  verticalPodAutoscaler: { read: truth },
  snapshots: { read: truth },
  cloud: { read: truth },
  ingress: { read: oneOf('none', 'ingress', 'gateway') },
  autoscaler: { read: autoscalerFlags },
  heartbeats: { read: oneOf('single', 'together') },
  clientLimits: { read: clientLimits },
  drivers: { read: listOf(objectOf({ name: { read: text }, volumesPerNode: { read: integer } })) },
  deviceDrivers: { read: listOf(deviceDriver) },
  podNetwork: { read: oneOf(...POD_NETWORKS) },
  proxyMode: { read: oneOf(...PROXY_MODES) },
  ipFamilies: { read: listOf(oneOf(...IP_FAMILIES)) },
  serviceNetworks: { read: listOf(text) },
  admission: {
    read: objectOf({
      // Only what is here can be switched on; whatever the server knows can be switched off.
      enable: plugins(PLUGINS.map(({ name }) => name)),
      disable: plugins(ALL_ORDERED_PLUGINS.map(({ name }) => name)),
      eventRateLimit: {
        read: objectOf({
          limits: {
            read: listOf(
              objectOf({
                type: { read: oneOf(...EVENT_LIMIT_TYPES) },
                qps: { read: integer },
                burst: { read: integer },
                cacheSize: { read: integer },
              }),
            ),
          },
        }),
      },
    }),
  },
});

/** `options: {authorization: AlwaysAllow, managedFields: false, cloud: true, heartbeats: together, admission: {enable: [AlwaysPullImages]}}`. */
export function readOptions(value: JsonValue | undefined, reader: StepReader): ScriptOptions {
  if (value === undefined) return {};
  const options = (OPTIONS(value, 'options', reader) as ScriptOptions | undefined) ?? {};
  const { serviceNetworks, ipFamilies: _families, ...rest } = options;
  const networks = { ...networksOf(serviceNetworks, reader), ...familiesOf(options, reader) };
  return { ...rest, ...admissionThatStarts(options, reader), ...networks };
}

/** Source: cmd/kube-apiserver/app/options/validation.go `validateClusterIPFlags`, 1.36.2. */
function networksOf(
  serviceNetworks: readonly string[] | undefined,
  reader: StepReader,
): Pick<ScriptOptions, 'serviceNetworks'> {
  if (serviceNetworks === undefined) return {};
  const networks = serviceNetworks.map(parseCidr);
  const families = networks.map((network) => network?.family);
  const isOne = families.length === 1 || (families.length === 2 && families[0] !== families[1]);
  const refused = (message: string): Pick<ScriptOptions, 'serviceNetworks'> => {
    reader.problem('script.refused', 'options.serviceNetworks', { message });
    return {};
  };
  if (!isOne || families.includes(undefined)) return refused('must be one network, or one of IPv4 and one of IPv6');
  if (networks.every((network) => network !== undefined && cidrSize(network) > LEAST_ADDRESSES))
    return { serviceNetworks };
  return refused(`is too small: the cluster's own Services have its first ${LEAST_ADDRESSES} addresses`);
}

/** Source: cmd/kubeadm/app/constants/constants.go `MinimumAddressesInServiceSubnet`, 1.36. */
const LEAST_ADDRESSES = 10n;

function familiesOf(
  { ipFamilies, serviceNetworks }: ScriptOptions,
  reader: StepReader,
): Pick<ScriptOptions, 'ipFamilies'> {
  if (ipFamilies === undefined || ipFamilies.length === 0) return {};
  const refused = (message: string): Pick<ScriptOptions, 'ipFamilies'> => {
    reader.problem('script.refused', 'options.ipFamilies', { message });
    return {};
  };
  if (new Set(ipFamilies).size < ipFamilies.length) return refused('must name IPv4, IPv6 or both, each once');
  const others = serviceNetworks?.map(familyOf) ?? ipFamilies.map(familyNumber);
  if (others.join() === ipFamilies.map(familyNumber).join()) return { ipFamilies };
  return refused('must be those of serviceNetworks, in their order');
}

/** A server does not start with a configuration that is not valid, or without one where a plugin needs it. */
function admissionThatStarts({ admission }: ScriptOptions, reader: StepReader): Pick<ScriptOptions, 'admission'> {
  if (admission === undefined) return {};
  const { enable = [], eventRateLimit } = admission;
  if (eventRateLimit === undefined && !enable.includes('EventRateLimit')) return { admission };
  const errors = validateEventRateLimit(eventRateLimit ?? {});
  for (const error of errors)
    reader.problem('script.refused', 'options.admission.eventRateLimit', { message: formatFieldError(error) });
  return errors.length === 0 ? { admission } : {};
}
