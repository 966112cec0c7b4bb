import { expect, test } from 'vitest';
import { upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import { NO_CUSTOM_RESOURCES } from './custom-resources.ts';
import { BUILT_IN_KINDS } from './index.ts';
import { judge } from './judge.ts';

const SWITCHED =
  'of a kind that 1.36 serves only where --runtime-config switches it on: here the server’s 404 is all there is';
const left = (count: number): { readonly count: number; readonly reason: string } => ({ count, reason: SWITCHED });
const source = (file: string) =>
  upstreamSource('validation', `pkg/apis/${file}, Kubernetes 1.36.2 (Apache License 2.0)`);

upstreamLeftOut(source('certificates/validation/validation_test.go'), {
  TestValidateClusterTrustBundle: left(18),
  TestValidateClusterTrustBundleUpdate: left(4),
  TestValidatePodCertificateRequestCreate: left(30),
  TestValidatePodCertificateRequestUpdate: left(1),
  TestValidatePodCertificateRequestStatusUpdate: left(34),
});
upstreamLeftOut(source('resource/validation/validation_devicetaintrule_test.go'), {
  TestValidateDeviceTaint: left(22),
  TestValidateDeviceTaintUpdate: left(4),
});

test.each([
  ['certificates.k8s.io/v1beta1', 'ClusterTrustBundle'],
  ['certificates.k8s.io/v1beta1', 'PodCertificateRequest'],
  ['resource.k8s.io/v1beta2', 'DeviceTaintRule'],
  ['resource.k8s.io/v1alpha3', 'ResourcePoolStatusRequest'],
])('%s %s is refused: a server does not serve it unless told to', (apiVersion, kind) => {
  const context = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };
  expect(judge({ apiVersion, kind, metadata: { name: 'any' }, spec: {} }, context)).toMatchObject({
    valid: false,
    code: 404,
    reason: 'NotFound',
    message: `no matches for kind "${kind}" in version "${apiVersion}"`,
  });
});
