import { beforeAll, describe, expect, it } from 'vitest';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import { preloadSchemas, schemaOf } from '../../../openapi/built-in-schemas.ts';
import { ANY_SCHEMA, fieldSchema } from '../../../openapi/schema.ts';
import { open } from '../../../workspace/testing/driver.ts';
import { commonFields, commonLabels, commonValue } from './common-fields.ts';
import type { CommonField, SchemaOf } from './common-fields.ts';

const at: SchemaOf = ({ object }, path) => {
  const schema = schemaOf(groupVersionKindOf(object));
  return (schema && fieldSchema(schema, path)) ?? ANY_SCHEMA;
};

async function commonIn(text: string): Promise<readonly CommonField[]> {
  const driver = await open(text);
  return commonFields([...driver.design.records.values()], driver.state.registry, at);
}

function said(fields: readonly CommonField[], key: string): unknown {
  const field = fields.find((one) => one.key === key);
  if (!field) return 'not offered';
  const value = commonValue(field);
  return value === 'mixed' ? value : value.value;
}

const pod = (image: string, more = '') => `containers: [{name: a, image: "${image}"${more}}]`;
const deployment = (name: string, replicas: string, spec: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, labels: {tier: ${name}, app: x}}\nspec: {${replicas}selector: {}, template: {spec: {${spec}}}}\n`;
const cronJob = (spec: string) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c, labels: {app: x}}\nspec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {${spec}}}}}}\n`;

describe('what several objects have in common', () => {
  beforeAll(() => preloadSchemas(['', 'apps', 'batch']));

  it('is one value where they agree, and said to differ where they do not', async () => {
    const fields = await commonIn(
      [deployment('a', 'replicas: 2, ', pod('x:1')), deployment('b', 'replicas: 3, ', pod('x:1'))].join('---\n'),
    );
    expect(said(fields, 'spec.replicas')).toBe('mixed');
    expect(said(fields, 'pod containers[*].image')).toBe('x:1');
    expect(said(fields, 'pod serviceAccountName')).toBeUndefined();
    expect(said(fields, 'metadata.name')).toBe('not offered');
  });

  it('differs where one sets it and another does not', async () => {
    const fields = await commonIn(
      [deployment('a', 'replicas: 2, ', pod('x:1')), deployment('b', '', pod('x:1'))].join('---\n'),
    );
    expect(said(fields, 'spec.replicas')).toBe('mixed');
  });

  it('is found in Pods of different kinds, wherever each holds its template', async () => {
    const fields = await commonIn(
      [
        deployment('a', '', pod('x:1', ', imagePullPolicy: Always')),
        cronJob(pod('x:2', ', imagePullPolicy: Always')),
      ].join('---\n'),
    );
    expect(said(fields, 'pod containers[*].image')).toBe('mixed');
    expect(said(fields, 'pod containers[*].imagePullPolicy')).toBe('Always');
    expect(
      fields.find(({ key }) => key === 'pod containers[*].image')!.places.map(({ path }) => path.join('.')),
    ).toEqual(['spec.template.spec.containers.0.image', 'spec.jobTemplate.spec.template.spec.containers.0.image']);
    expect(said(fields, 'spec.replicas')).toBe('not offered');
  });

  it('is nothing of lists of which one has more than one item', async () => {
    const two = 'containers: [{name: a, image: x}, {name: b, image: y}]';
    const fields = await commonIn([deployment('a', '', pod('x')), deployment('b', '', two)].join('---\n'));
    expect(said(fields, 'pod containers[*].image')).toBe('not offered');
  });

  it('counts labels by their values', async () => {
    const driver = await open([deployment('a', '', pod('x')), cronJob(pod('x'))].join('---\n'));
    expect([...commonLabels([...driver.design.records.values()])]).toEqual([
      ['tier', ['a']],
      ['app', ['x', 'x']],
    ]);
  });
});
