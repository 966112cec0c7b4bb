import { arrayAt, asName, asNumber, stringAt, valueAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { nearestWord } from '../../base/nearest-word.ts';
import type { CheckContext } from '../checks/check.ts';
import { containerPorts } from '../checks/container-ports.ts';
import type { RecordId } from '../design.ts';
import type { Fix, Fixer } from './fix.ts';
import { setValue } from './one-edit.ts';

/** A Service's target port that no container has: the name that was meant, or the only port there is. */
export const targetPortMeant: Fixer = {
  problems: ['service.portNotListened'],
  fixes({ record, field, params }, context) {
    const specs = selectedSpecs(record, context);
    const protocol = stringAt(context.design.records.get(record)?.object, ...field.slice(0, -1), 'protocol') ?? 'TCP';
    const names = new Set<string>();
    const numbers = new Set<number>();
    for (const ports of specs.map(containerPorts)) {
      for (const name of ports.names)
        if (name.endsWith(`/${protocol}`)) names.add(name.slice(0, name.lastIndexOf('/')));
      for (const number of ports.numbers) numbers.add(number);
    }
    const path = field.at(-1) === 'targetPort' ? field : [...field.slice(0, -1), 'targetPort'];
    const target = params['targetPort'];
    const meant = typeof target === 'string' ? nearestWord(target, names) : undefined;
    if (meant !== undefined) return [setValue(record, path, meant)];
    const [only, ...others] = numbers;
    return only === undefined || others.length > 0 ? [] : [setValue(record, path, only)];
  },
};

function selectedSpecs(record: RecordId, { design, graph, registry }: CheckContext): readonly JsonObject[] {
  return graph.outgoing(record).flatMap(({ declaration, to }) => {
    const pod = to === null || declaration.type !== 'serviceSelector' ? undefined : design.records.get(to);
    const template = pod && registry.of(pod.object).podTemplate?.(pod.object);
    return template ? [template.spec] : [];
  });
}

/** A probe at a port name that its container does not have. */
export const probePortMeant: Fixer = {
  problems: ['probe.portMissing'],
  fixes({ record, field, params }, { design }) {
    const container = valueAt(design.records.get(record)?.object, ...field.slice(0, -3));
    const ports = arrayAt(container, 'ports');
    const names = ports.flatMap((port) => asName(valueAt(port, 'name')) ?? []);
    const meant = nearestWord(String(params['port']), names);
    if (meant !== undefined) return [setValue(record, field, meant)];
    const [only, ...others] = ports.flatMap(
      (port) => asName(valueAt(port, 'name')) ?? asNumber(valueAt(port, 'containerPort')) ?? [],
    );
    return only === undefined || others.length > 0 ? [] : [setValue(record, field, only)];
  },
};

/** A backend that asks a Service for a port it does not have: the name that was meant, or the only port there is. */
export const backendPortMeant: Fixer = {
  problems: ['backend.portMissing'],
  fixes({ record, field, params, related }, { design, registry }): readonly Fix[] {
    const service = design.records.get(related?.[0] ?? '')?.object;
    const ports = (service && registry.of(service).servicePorts?.(service)) ?? [];
    const path = portField(design.records.get(record)?.object, field, params['port']);
    if (path === undefined) return [];
    const meant = nearestWord(
      String(params['port']),
      ports.flatMap(({ name }) => name ?? []),
    );
    if (typeof params['port'] === 'string' && meant !== undefined) return [setValue(record, path, meant)];
    const [only, ...others] = ports;
    if (only === undefined || others.length > 0) return [];
    if (typeof params['port'] === 'number') return [setValue(record, path, only.port)];
    return only.name === undefined ? [] : [setValue(record, path, only.name)];
  },
};

/** Where the port of a backend is written: beside its name, or in `port.number` and `port.name`. */
function portField(object: unknown, field: Path, port: string | number | undefined): Path | undefined {
  const beside = field.slice(0, -1);
  const places = [['port', 'number'], ['port', 'name'], ['port'], ['servicePort']].map((tail) => [...beside, ...tail]);
  return places.find((place) => valueAt(object, ...place) === port);
}
