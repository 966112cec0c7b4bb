import { beforeAll, describe, expect, it } from 'vitest';
import { builtInType } from './schema-table.ts';
import { preloadSchemas } from './built-in-schemas.ts';
import { canonicalBase64 } from './base64-problem.ts';
import { printedByGo } from './go-json.ts';

beforeAll(() => preloadSchemas(['', 'apps']));

/** Source: the json tags of staging/src/k8s.io/api/core/v1/types.go, 1.36. */
describe('an object as the server prints it', () => {
  it.each([
    ['v1.Container', { name: 'a', tty: false, env: [], image: '' }, { name: 'a', resources: {} }],
    ['v1.Container', { image: 'a', resources: { limits: {} } }, { name: '', image: 'a', resources: {} }],
    ['v1.ResourceFieldSelector', { resource: 'limits.cpu' }, { resource: 'limits.cpu', divisor: '0' }],
    ['v1.PodTemplateSpec', { spec: { containers: [] } }, { metadata: {}, spec: { containers: null } }],
    ['v1.PodSpec', { automountServiceAccountToken: false }, { automountServiceAccountToken: false, containers: null }],
    ['v1.EnvVar', { name: 'A', value: '' }, { name: 'A' }],
    ['v1.EmptyDirVolumeSource', { medium: '', sizeLimit: '0' }, { sizeLimit: '0' }],
    ['v1.Volume', { name: 'v', emptyDir: {} }, { name: 'v', emptyDir: {} }],
  ])('%s %j', (type, object, printed) => {
    expect(printedByGo(object, builtInType(type)!)).toEqual(printed);
  });

  it('is the same value where nothing changes', () => {
    const object = { name: 'a', resources: { limits: { cpu: '1' } } };
    expect(printedByGo(object, builtInType('v1.Container')!)).toBe(object);
  });
});

describe('base64 as it is printed', () => {
  it.each([
    ['YWJj\nYWJj', 'YWJjYWJj'],
    ['YWJjZA==', 'YWJjZA=='],
    ['YWJjZB==', 'YWJjZA=='],
    ['YWJjZGV=', 'YWJjZGU='],
    ['', ''],
  ])('%j is %j', (text, printed) => {
    expect(canonicalBase64(text)).toBe(printed);
  });
});
