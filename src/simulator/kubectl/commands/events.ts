import { nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import { numberAt, stringAt, valueAt } from '../../../base/json.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';
import type { KubectlCommand } from '../command.ts';
import { flag, isOn } from '../flags.ts';
import { columnsOf } from '../output.ts';
import { since } from '../../apiserver/printers/cells.ts';
import { SELECTING, listAll, listCall, namespaceOfFlags, servedNamed } from '../resources.ts';

/** When an Event was last seen. */
export function lastSeen(event: KubernetesObject) {
  return valueAt(event, 'series', 'lastObservedTime') ?? valueAt(event, 'lastTimestamp') ?? valueAt(event, 'eventTime');
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/events, 1.36. */
export const events: KubectlCommand = {
  name: 'events',
  flags: {
    namespace: SELECTING.namespace,
    'all-namespaces': SELECTING['all-namespaces'],
    for: { type: 'text' },
    types: { type: 'list' },
    'no-headers': { type: 'switch' },
  },
  run(terminal, flags) {
    const [kind = '', name] = (flag(flags, 'for') ?? '').split('/');
    const types = (flags.values.get('types') ?? []).flatMap((list) => list.toLowerCase().split(','));
    const wantedKind = kind === '' ? undefined : servedNamed(kind).kind;
    const found = listAll(terminal, listCall(servedNamed('events'), flags)).filter(
      (event) =>
        (wantedKind === undefined || stringAt(event, 'involvedObject', 'kind') === wantedKind) &&
        (name === undefined || stringAt(event, 'involvedObject', 'name') === name) &&
        (types.length === 0 || types.includes((stringAt(event, 'type') ?? '').toLowerCase())),
    );
    const isEverywhere = isOn(flags, 'all-namespaces');
    if (found.length === 0) {
      terminal.err(isEverywhere ? 'No events found.\n' : `No events found in ${namespaceOfFlags(flags)} namespace.\n`);
      return 0;
    }
    const options = { nowMs: RUN_BEGINS_MS + terminal.now() };
    const rows = found
      .toSorted(
        (a, b) =>
          compareStrings(String(lastSeen(a) ?? ''), String(lastSeen(b) ?? '')) || compareStrings(nameOf(a), nameOf(b)),
      )
      .map((event) => {
        const count = numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 0;
        const first = valueAt(event, 'firstTimestamp') ?? valueAt(event, 'eventTime');
        const age = since(lastSeen(event), options);
        return [
          ...(isEverywhere ? [stringAt(event, 'metadata', 'namespace') ?? ''] : []),
          count > 1 ? `${age} (x${count} over ${since(first, options)})` : age,
          stringAt(event, 'type') ?? '',
          stringAt(event, 'reason') ?? '',
          `${stringAt(event, 'involvedObject', 'kind') ?? ''}/${stringAt(event, 'involvedObject', 'name') ?? ''}`,
          (stringAt(event, 'message') ?? '').trim(),
        ];
      });
    const header = [...(isEverywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    terminal.out(columnsOf(isOn(flags, 'no-headers') ? rows : [header, ...rows]));
    return 0;
  },
};
