import type { JsonObject } from '../../../../base/json.ts';
import { stringAt } from '../../../../base/json.ts';
import { fillIn, fillInText, updateItems } from '../../defaults/fill-in.ts';
import { defaultPullPolicy } from '../../defaults/image-pull-policy.ts';
import { defaultResources } from '../../defaults/resource-list.ts';
import { defaultProbesAndLifecycle, whereWritten } from './probe.ts';

/** A container of any of the three lists. Source: pkg/apis/core/v1/{defaults,zz_generated.defaults}.go, 1.36. */
export function defaultContainer(container: JsonObject): JsonObject {
  const filled = fillInText(container, {
    imagePullPolicy: defaultPullPolicy(stringAt(container, 'image') ?? ''),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  const ported = updateItems(filled, 'ports', (port) => fillInText(port, { protocol: 'TCP' }));
  const withEnv = updateItems(ported, 'env', (variable) => whereWritten(variable, 'valueFrom', defaultValueFrom));
  return defaultProbesAndLifecycle(defaultResources(withEnv));
}

function defaultValueFrom(valueFrom: JsonObject): JsonObject {
  return whereWritten(defaultFieldRef(valueFrom), 'fileKeyRef', (file) => fillIn(file, { optional: false }));
}

export function defaultFieldRef(object: JsonObject): JsonObject {
  return whereWritten(object, 'fieldRef', (reference) => fillInText(reference, { apiVersion: 'v1' }));
}
