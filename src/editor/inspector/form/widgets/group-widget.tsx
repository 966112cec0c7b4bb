import type { ReactNode } from 'react';
import type { Path } from '../../../../base/json.ts';
import type { Schema } from '../../../../openapi/schema.ts';
import { RbacRules } from './access/rbac-rules.tsx';
import { Env } from './env.tsx';
import { IngressRules } from './network/ingress-rules.tsx';
import { NetworkRules } from './network/network-rules.tsx';
import { LabelRequirements } from './parts/label-requirements.tsx';
import { Affinity } from './placement/affinity.tsx';
import { NodeTerms } from './placement/node-terms.tsx';
import { Tolerations } from './placement/tolerations.tsx';
import { TopologySpread } from './placement/topology-spread.tsx';
import { Probe } from './probe.tsx';
import { Resources } from './resources.tsx';
import { SecretValue } from './secret-value.tsx';
import { Selector } from './selector.tsx';
import { StringMap } from './string-map.tsx';
import { VolumeMounts } from './volumes/volume-mounts.tsx';
import { Volumes } from './volumes/volumes.tsx';

/** Widgets of groups by the type that the schema gives them. Source of the types: core/v1 and meta/v1, 1.36. */
const BY_TYPE: Readonly<Record<string, (path: Path) => ReactNode>> = {
  'v1.Probe': (path) => <Probe path={path} />,
  'v1.ResourceRequirements': (path) => <Resources path={path} />,
  'v1.VolumeResourceRequirements': (path) => <Resources path={path} />,
  'meta/v1.LabelSelector': (path) => <Selector path={path} pairs={[...path, 'matchLabels']} />,
  'v1.Affinity': (path) => <Affinity path={path} />,
  'v1.NodeSelector': (path) => <NodeTerms path={path} />,
};

/** Widgets of lists by the type of their items. Source of the types: core/v1, networking/v1, rbac/v1 and meta/v1, 1.36. */
const BY_ITEMS: Readonly<Record<string, (path: Path) => ReactNode>> = {
  'v1.Volume': (path) => <Volumes path={path} />,
  'v1.VolumeMount': (path) => <VolumeMounts path={path} />,
  'v1.Toleration': (path) => <Tolerations path={path} />,
  'v1.TopologySpreadConstraint': (path) => <TopologySpread path={path} />,
  'networking.k8s.io/v1.NetworkPolicyIngressRule': (path) => <NetworkRules path={path} type="Ingress" />,
  'networking.k8s.io/v1.NetworkPolicyEgressRule': (path) => <NetworkRules path={path} type="Egress" />,
  'networking.k8s.io/v1.IngressRule': (path) => <IngressRules path={path} />,
  'rbac.authorization.k8s.io/v1.PolicyRule': (path) => <RbacRules path={path} />,
  'meta/v1.LabelSelectorRequirement': (path) => <LabelRequirements path={path} />,
};

/** What draws a group better than its tree of fields; undefined where nothing does. */
export function groupWidget(path: Path, schemaAt: (path: Path) => Schema): ReactNode | undefined {
  const schema = schemaAt(path);
  const typed = schema.typeId === undefined ? undefined : BY_TYPE[schema.typeId];
  if (typed) return typed(path);
  if (schema.items?.typeId === 'v1.EnvVar') return <Env path={path} />;
  const listed = schema.items?.typeId === undefined ? undefined : BY_ITEMS[schema.items.typeId];
  if (listed) return <div className="widget">{listed(path)}</div>;
  const parent = schemaAt(path.slice(0, -1)).typeId;
  const name = path.at(-1);
  if (parent === 'v1.ServiceSpec' && name === 'selector') return <Selector path={path} pairs={path} />;
  const { values } = schema;
  if (values?.type !== 'string') return undefined;
  const encoded = values.format === 'byte';
  const masked = parent === 'v1.Secret';
  if (!encoded && !masked) return <StringMap path={path} />;
  return (
    <StringMap
      path={path}
      renderValue={(at, key) => <SecretValue path={at} name={key} encoded={encoded} masked={masked} />}
    />
  );
}
