import { compareStrings } from '../../../base/compare.ts';
import { endpointsOf } from '../endpoints.ts';
import type { ServiceSlices } from '../node-rules.ts';
import { servicePorts } from '../service-port.ts';
import type { NftSettings } from './base-table.ts';
import { baseTable } from './base-table.ts';
import { addPort } from './port-elements.ts';
import type { NftTable } from './table.ts';
import { nftLines } from './table.ts';

/** The table of a Node: the given Services in what every Node has, port by port in order of name. */
export function nodeTable(services: readonly ServiceSlices[], settings: NftSettings): NftTable {
  const table = baseTable(settings);
  const { family, name: node } = settings;
  const ports = services
    .flatMap(({ service, slices }) => servicePorts(service, family).map((port) => ({ port, slices })))
    .sort((a, b) => compareStrings(a.port.name + a.port.protocol, b.port.name + b.port.protocol));
  for (const { port, slices } of ports) {
    const { portName, protocol } = port;
    addPort(table, port, endpointsOf(slices, { portName, protocol, family, node }), settings);
  }
  return table;
}

/** What of the table is there for these Services. */
export function serviceLines(services: readonly ServiceSlices[], settings: NftSettings): readonly string[] {
  const base = new Set(nftLines(baseTable(settings)));
  return nftLines(nodeTable(services, settings)).filter((line) => !base.has(line));
}
