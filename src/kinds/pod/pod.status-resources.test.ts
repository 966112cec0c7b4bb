import { expect } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamSource } from '../../base/testing/upstream-table.ts';
import { validateAllocatedResources, validateNoAllocatedResources } from './pod.status-resources.ts';

const SOURCE = upstreamSource('validation', 'pkg/apis/core/validation/validation_test.go, Kubernetes 1.36.2');
const DEVICE = 'test.device/test';
const AT = 'status.containerStatuses[0].allocatedResourcesStatus';
const healthy = (resourceID = 'resource-1', more: JsonObject = {}): JsonObject => ({
  resourceID,
  health: 'Healthy',
  ...more,
});
const status = (name: string, ...resources: readonly JsonObject[]): JsonObject => ({ name, resources });
const claims = (...list: readonly JsonObject[]): JsonObject => ({ claims: list });
const REQUESTED = { requests: { [DEVICE]: '1' } };
const CLAIMED = healthy('driver/pool/device-name');

upstreamEach(
  SOURCE,
  'TestValidateContainerStatusAllocatedResourcesStatus',
)<{
  readonly name: string;
  readonly container?: string;
  readonly resources?: JsonObject;
  readonly statuses?: readonly JsonObject[];
  readonly errors?: readonly string[];
}>([
  { name: 'basic correct status', statuses: [status(DEVICE, healthy())] },
  {
    name: 'ignoring the missing container (see https://github.com/kubernetes/kubernetes/issues/124915)',
    container: 'container-2',
    statuses: [status(DEVICE, healthy())],
  },
  { name: 'allow nil', container: 'container-2' },
  {
    name: "don't allow non-unique IDs",
    container: 'container-2',
    statuses: [status(DEVICE, healthy(), { ...healthy(), health: 'Unhealthy' })],
    errors: [`${AT}[0].resources[1].resourceID: Duplicate value: "resource-1"`],
  },
  {
    name: "don't allow resources that are not in spec",
    statuses: [status(DEVICE, healthy()), status('test.device/test2')],
    errors: [`${AT}[1].name: Invalid value: "test.device/test2": must match one of the container's resource requests`],
  },
  {
    name: 'allow claims and request that are in spec',
    resources: claims({ name: 'claim.name', request: 'request.name' }),
    statuses: [status('claim:claim.name/request.name', CLAIMED)],
  },
  {
    name: 'allow claims that are in spec without the request',
    resources: claims({ name: 'claim.name' }),
    statuses: [status('claim:claim.name', CLAIMED)],
  },
  {
    name: "don't allow claims that are not in spec",
    resources: { ...claims({ name: 'other-claim.name' }), requests: { 'claim.name': '1' } },
    statuses: [status('claim:claim.name', CLAIMED)],
    errors: [
      `${AT}[0].name: Invalid value: "claim:claim.name": must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty`,
    ],
  },
  {
    name: "don't allow health status outside the known values",
    statuses: [status(DEVICE, { ...healthy(), health: 'invalid-health-value' })],
    errors: [
      `${AT}[0].resources[0].health: Unsupported value: "invalid-health-value": supported values: "Healthy", "Unhealthy", "Unknown"`,
    ],
  },
  {
    name: "don't allow message longer than max length",
    statuses: [status(DEVICE, healthy('resource-1', { message: 'x'.repeat(1025) }))],
    errors: [`${AT}[0].resources[0].message: Too long: may not be more than 1024 bytes`],
  },
  {
    name: 'allow message at exactly max length',
    statuses: [status(DEVICE, healthy('resource-1', { message: 'x'.repeat(1024) }))],
  },
])('$name', ({ container = 'container-1', resources = REQUESTED, statuses, errors = [] }) => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [{ name: container, resources }] },
    status: { containerStatuses: [{ name: 'container-1', allocatedResourcesStatus: statuses ?? null }] },
  };
  expect(validateAllocatedResources(pod, 'containerStatuses', 'containers').map(formatFieldError)).toEqual(errors);
});

upstreamEach(SOURCE)([['TestValidateContainerStatusNoAllocatedResourcesStatus'] as const])('%s', () => {
  const statuses = [undefined, [{ name: DEVICE }], [status(DEVICE, healthy())]];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    status: {
      ephemeralContainerStatuses: statuses.map((list, index) => ({
        name: `container-${index + 1}`,
        ...(list === undefined ? {} : { allocatedResourcesStatus: list }),
      })),
    },
  };
  expect(validateNoAllocatedResources(pod, 'ephemeralContainerStatuses').map(formatFieldError)).toEqual(
    [1, 2].map(
      (index) =>
        `status.ephemeralContainerStatuses[${index}].allocatedResourcesStatus: Forbidden: must not be specified in container status`,
    ),
  );
});
