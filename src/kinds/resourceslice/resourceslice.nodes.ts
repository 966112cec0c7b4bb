import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import { showNodeSelectorTerm } from '../shared/pod-spec/validation/internal-form.ts';
import { NONE, pointerAt } from '../shared/validation/fields.ts';
import { validateDnsSubdomain } from '../shared/validation/messages.ts';
import { validateNodeSelector } from '../shared/validation/node-selector.ts';

const ONE_OF_FOUR = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
const ONE_OF_THREE =
  'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
const ONLY_PER_DEVICE =
  '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

/** Which Nodes a slice is for. Source: pkg/apis/resource/validation/validation.go, 1.36. */
export function validateSliceNodes(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const selector = pointerAt(spec, 'nodeSelector');
  const terms = arrayAt(selector, 'nodeSelectorTerms');
  const set = setFields(spec, ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection']);
  return [
    ...validateName(spec, path, 'must be either unset or set to a non-empty string'),
    ...(selector === undefined ? NONE : validateNodeSelector(selector, path.child('nodeSelector'))),
    ...(selector === undefined || terms.length === 1
      ? NONE
      : [
          invalid(
            path.child('nodeSelector', 'nodeSelectorTerms'),
            pointerAt(selector, 'nodeSelectorTerms') === undefined ? null : terms.map(showNodeSelectorTerm),
            'must have exactly one node selector term',
          ),
        ]),
    ...validateFlag(spec, 'allNodes', path),
    ...validateFlag(spec, 'perDeviceNodeSelection', path),
    ...validateOne(set, path, ONE_OF_FOUR, `${ONE_OF_FOUR}, but multiple fields are set`),
  ];
}

/** Which Nodes one device is for, where the slice leaves that to its devices. */
export function validateDeviceNodes(
  device: JsonValue,
  path: ValidationPath,
  isPerDevice: boolean,
): readonly FieldError[] {
  const fields = ['nodeName', 'nodeSelector', 'allNodes'];
  if (!isPerDevice) {
    const isWritten = fields.some((name) => pointerAt(device, name) !== undefined);
    return isWritten ? [invalid(path, null, ONLY_PER_DEVICE)] : NONE;
  }
  const selector = pointerAt(device, 'nodeSelector');
  return [
    ...validateName(device, path, 'must not be empty'),
    ...(selector === undefined ? NONE : validateNodeSelector(selector, path.child('nodeSelector'))),
    ...validateFlag(device, 'allNodes', path),
    ...validateOne(setFields(device, fields), path, ONE_OF_THREE, ONE_OF_THREE),
  ];
}

function setFields(owner: JsonValue | undefined, fields: readonly string[]): readonly string[] {
  return fields.filter((name) => {
    const value = pointerAt(owner, name);
    return value !== undefined && value !== '' && value !== false;
  });
}

function validateName(owner: JsonValue | undefined, path: ValidationPath, empty: string): readonly FieldError[] {
  const name = pointerAt(owner, 'nodeName');
  if (typeof name !== 'string') return NONE;
  const namePath = path.child('nodeName');
  return name === '' ? [invalid(namePath, '', empty)] : validateDnsSubdomain(name, namePath);
}

function validateFlag(owner: JsonValue | undefined, field: string, path: ValidationPath): readonly FieldError[] {
  const isFalse = pointerAt(owner, field) === false;
  return isFalse ? [invalid(path.child(field), false, 'must be either unset or set to true')] : NONE;
}

function validateOne(
  set: readonly string[],
  path: ValidationPath,
  missing: string,
  several: string,
): readonly FieldError[] {
  if (set.length === 0) return [required(path, missing)];
  const shown = `{${set.map((name) => `\`${name}\``).join(', ')}}`;
  return set.length === 1 ? NONE : [invalid(path, shown, several)];
}
