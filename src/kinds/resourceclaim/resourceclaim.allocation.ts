import type { FieldError } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { asString, valueAt } from '../../base/json.ts';
import { validateCsiDriverName } from '../shared/validation/csi-driver-name.ts';
import { validateDeviceBinding } from '../shared/validation/device-binding.ts';
import { validateDeviceRequestName, validateDeviceRequestNames } from '../shared/validation/device-claim.ts';
import { MAX_DEVICE_LIST, validateDeviceConfiguration } from '../shared/validation/device-config.ts';
import { validateDevicePoolName, validateDeviceShareId } from '../shared/validation/device-names.ts';
import { NONE, pointerAt, textAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateLimitedList } from '../shared/validation/limited-list.ts';
import { validateDnsLabel } from '../shared/validation/messages.ts';
import { validateNodeSelector } from '../shared/validation/node-selector.ts';

const SOURCES = ['FromClaim', 'FromClass'];

/**
 * The devices that were found for a claim, when they are written for the first time; `names` are those of its requests.
 * Source: pkg/apis/resource/validation/validation.go `validateAllocationResult`, 1.36.
 */
export function validateAllocation(
  allocation: JsonValue,
  path: ValidationPath,
  names: ReadonlySet<string>,
): readonly FieldError[] {
  const [devices, nodes] = [valueAt(allocation, 'devices'), pointerAt(allocation, 'nodeSelector')];
  const devicesPath = path.child('devices');
  return [
    ...validateLimitedList(valueAt(devices, 'results'), devicesPath.child('results'), MAX_DEVICE_LIST, (result, at) =>
      validateResult(result, at, names),
    ),
    // Those of the class and those of the claim.
    ...validateLimitedList(
      valueAt(devices, 'config'),
      devicesPath.child('config'),
      2 * MAX_DEVICE_LIST,
      (config, at) => [
        ...validateRequiredEnum(textAt(config, 'source'), at.child('source'), SOURCES),
        ...validateDeviceRequestNames(config, at, names),
        ...validateDeviceConfiguration(config, at),
      ],
    ),
    ...(nodes === undefined ? NONE : validateNodeSelector(nodes, path.child('nodeSelector'))),
  ];
}

function validateResult(result: JsonValue, path: ValidationPath, names: ReadonlySet<string>): readonly FieldError[] {
  const shareId = pointerAt(result, 'shareID');
  return [
    ...validateDeviceRequestName(textAt(result, 'request'), path.child('request'), names),
    ...validateCsiDriverName(textAt(result, 'driver'), path.child('driver')),
    ...validateDevicePoolName(textAt(result, 'pool'), path.child('pool')),
    ...validateDnsLabel(textAt(result, 'device'), path.child('device')),
    ...validateDeviceBinding(result, path),
    ...(shareId === undefined ? NONE : validateDeviceShareId(asString(shareId) ?? '', path.child('shareID'))),
  ];
}
