import { arrayAt, asName, asNumber, nameAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ServicePortView } from '../kind.ts';

/** The ports of a Service; a port without `targetPort` goes to the same number, one without a number is left out. */
export function servicePortsOf(service: KubernetesObject): readonly ServicePortView[] {
  return arrayAt(service, 'spec', 'ports').flatMap((entry, index) => {
    const port = numberAt(entry, 'port');
    if (port === undefined) return [];
    const written = valueAt(entry, 'targetPort');
    // 0 and '' are the zero values that the API server defaults to the port.
    const targetPort = asName(written) ?? (asNumber(written) || undefined);
    const name = nameAt(entry, 'name');
    return [
      {
        ...(name === undefined ? {} : { name }),
        port,
        protocol: stringAt(entry, 'protocol') ?? 'TCP',
        targetPort: targetPort ?? port,
        field: ['spec', 'ports', index, targetPort === undefined ? 'port' : 'targetPort'],
      },
    ];
  });
}
