import type { ReactNode } from 'react';
import type { Path } from '../../../../base/json.ts';
import type { Schema } from '../../../../openapi/schema.ts';
import { Env } from './env.tsx';
import { Probe } from './probe.tsx';
import { Resources } from './resources.tsx';
import { SecretValue } from './secret-value.tsx';
import { Selector } from './selector.tsx';
import { StringMap } from './string-map.tsx';

/** Widgets of groups by the type that the schema gives them. Source of the types: core/v1 and meta/v1, 1.36. */
const BY_TYPE: Readonly<Record<string, (path: Path) => ReactNode>> = {
  'v1.Probe': (path) => <Probe path={path} />,
  'v1.ResourceRequirements': (path) => <Resources path={path} />,
  'v1.VolumeResourceRequirements': (path) => <Resources path={path} />,
  'meta/v1.LabelSelector': (path) => <Selector path={path} pairs={[...path, 'matchLabels']} />,
};

/** What draws a group better than its tree of fields; undefined where nothing does. */
export function groupWidget(path: Path, schemaAt: (path: Path) => Schema): ReactNode | undefined {
  const schema = schemaAt(path);
  const typed = schema.typeId === undefined ? undefined : BY_TYPE[schema.typeId];
  if (typed) return typed(path);
  if (schema.items?.typeId === 'v1.EnvVar') return <Env path={path} />;
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
