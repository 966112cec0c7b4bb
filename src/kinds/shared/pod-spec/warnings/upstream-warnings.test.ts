import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { upstreamEach, upstreamLeftOut } from '../../../../base/testing/upstream-table.ts';
import type { UpstreamSource } from '../../../../base/testing/upstream-table.ts';
import { podTemplateWarnings, podWarnings } from './pod.ts';
import cases from './testdata/upstream-warnings.json' with { type: 'json' };

const SOURCE: UpstreamSource = {
  area: 'defaults and warnings',
  file: 'pkg/api/pod/warnings_test.go',
  release: '1.36.2',
};

const LEFT_OUT = {
  'trust bundles and Pod certificates': { count: 5, reason: 'fields that are dropped before' },
  gitRepo: 'with the gitRepo plugin switched on',
  'negative grace period': 'a Pod loses it when it is decoded',
};

/** Cases for a Pod and for a template of the same. */
interface WarningCase {
  readonly name: string;
  readonly object: object;
  readonly warnings: readonly string[];
}

/** Said when annotations are copied to fields, which the table does not do. */
const IS_ABOUT_COPIES = /^metadata\.(?:name:|annotations\[container\.apparmor)/;

function told(path: string): string {
  return `${path}metadata.annotations[container.apparmor.security.beta.kubernetes.io/web]: deprecated since v1.30; use the "appArmorProfile" field instead`;
}

describe('upstream cases of warnings', () => {
  upstreamLeftOut(SOURCE, LEFT_OUT);
  upstreamEach(SOURCE)(cases as unknown as readonly WarningCase[])('$name', ({ object, warnings }) => {
    const pod = { apiVersion: 'v1', kind: 'Pod', ...object } as KubernetesObject;
    const found = podWarnings(pod).filter((warning) => !IS_ABOUT_COPIES.test(warning));
    const expected = warnings.filter((warning) => !IS_ABOUT_COPIES.test(warning));
    expect(found.sort()).toEqual(expected.sort());
  });

  it('names fields of a template by their place in the object', () => {
    const template = {
      spec: { terminationGracePeriodSeconds: -1, nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
    };
    expect(podTemplateWarnings(template, ValidationPath.of('spec', 'template'))).toEqual([
      'spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      'spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
    ]);
  });

  it('tells of AppArmor annotations in templates and Pods', () => {
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/web': 'runtime/default' };
    const template = { metadata: { annotations }, spec: { containers: [{ name: 'web' }] } };
    expect(podTemplateWarnings(template, ValidationPath.of('template'))).toEqual([told('template.')]);
    const copied = {
      ...template,
      spec: { containers: [{ name: 'web', securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }] },
    };
    expect(podWarnings({ apiVersion: 'v1', kind: 'Pod', ...copied, metadata: { name: 'web', annotations } })).toEqual([
      told(''),
    ]);
  });

  it('recommends a DNS label as the name of a Pod', () => {
    const [warning] = podWarnings({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a.b' }, spec: {} });
    expect(warning).toBe(
      "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
    );
  });
});
