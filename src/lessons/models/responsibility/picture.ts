import type { Part } from '../picture.ts';
import { cloudsPicture } from './clouds-picture.ts';
import { LAYERS, costPerHour, isYours } from './state.ts';
import type { ResponsibilityState } from './state.ts';

/** The stack with the line through it, and beside it who uses it and what it costs; or a day in a cloud, once there is one. */
export function responsibilityPicture(state: ResponsibilityState): readonly Part[] {
  const { service, callsPerHour, warm, isPriced, latencyMs, days } = state;
  const day = days.at(-1);
  if (day !== undefined) return cloudsPicture(day, days);
  const layers = LAYERS.toReversed();
  const yours = layers.filter((layer) => isYours(layer, service));
  const provided = layers.filter((layer) => !isYours(layer, service));
  const layerPart = (layer: (typeof LAYERS)[number], tone: 'good' | 'off'): Part => ({
    id: `layer/${layer}`,
    role: 'layer',
    title: { id: `layer.${layer}` },
    tone,
  });
  const { pods, podCost, callCost } = costPerHour(state);
  const most = Math.max(podCost, callCost);
  return [
    {
      id: 'stack',
      role: 'area',
      title: { id: `service.${service}` },
      note: { id: 'yoursOf', yours: yours.length, count: LAYERS.length },
      flow: 'column',
      parts: [
        {
          id: 'you',
          role: 'person',
          title: { id: 'you' },
          flow: 'column',
          parts: yours.map((layer) => layerPart(layer, 'good')),
        },
        {
          id: 'provider',
          role: 'provider',
          title: { id: 'provider' },
          flow: 'column',
          parts: provided.map((layer) => layerPart(layer, 'off')),
        },
      ],
    },
    {
      id: 'use',
      role: 'area',
      title: { id: 'inUse' },
      flow: 'column',
      parts: [
        { id: 'users', role: 'person', title: { id: 'users' }, note: `${callsPerHour}/h` },
        {
          id: 'app',
          role: 'process',
          title: { id: 'app' },
          note: { id: 'instances', count: warm },
          ...(warm === 0 && { tone: 'off' as const }),
          rows: latencyMs > 0 ? [{ label: { id: 'latency' }, value: `${latencyMs} ms` }] : [],
        },
        ...(isPriced
          ? [
              {
                id: 'bill',
                role: 'money',
                title: { id: 'billPerHour' },
                bars: [
                  {
                    label: { id: 'alwaysOn', pods },
                    total: most,
                    unit: '$',
                    pieces: [
                      { label: { id: 'alwaysOn', pods }, value: podCost, tone: podCost <= callCost ? 'good' : 'bad' },
                    ],
                  },
                  {
                    label: { id: 'perCall' },
                    total: most,
                    unit: '$',
                    pieces: [{ label: { id: 'perCall' }, value: callCost, tone: callCost <= podCost ? 'good' : 'bad' }],
                  },
                ],
              } as const,
            ]
          : []),
      ],
    },
  ];
}
