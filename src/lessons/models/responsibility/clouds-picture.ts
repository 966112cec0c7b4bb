import type { Part } from '../picture.ts';
import type { CloudDay } from './clouds.ts';

/** Whose machines there are and where the data lies, and beside it what a day costs in each cloud that was looked at. */
export function cloudsPicture(shown: CloudDay, seen: readonly CloudDay[]): readonly Part[] {
  const data: Part = { id: 'customers', role: 'volume', title: { id: 'customerData' }, tone: 'good' };
  const machines = (id: string, hours: number): Part => ({
    id,
    role: 'server',
    title: { id: 'machineHours', hours },
    ...(hours === 0 && { tone: 'off' }),
  });
  return [
    {
      id: 'cloud',
      role: 'area',
      title: { id: `cloud.${shown.kind}` },
      flow: 'column',
      parts: [
        {
          id: 'you',
          role: 'person',
          title: { id: 'ownMachines', count: shown.owned },
          parts: [machines('own', shown.busyHours + shown.idleHours), ...(shown.dataAt === 'you' ? [data] : [])],
        },
        {
          id: 'provider',
          role: 'provider',
          title: { id: 'rentedMachines' },
          parts: [machines('rented', shown.rentedHours), ...(shown.dataAt === 'provider' ? [data] : [])],
        },
      ],
    },
    {
      id: 'days',
      role: 'area',
      title: { id: 'dayCompared' },
      flow: 'column',
      parts: seen.map((day) => ({
        id: `day/${day.kind}`,
        role: 'money',
        title: { id: `cloud.${day.kind}` },
        note: `$${day.perDay}`,
        ...(day === shown && { tone: 'new' as const }),
        bars: [
          {
            label: { id: 'hoursOfDay' },
            total: Math.max(
              ...seen.map(({ busyHours, idleHours, rentedHours }) => busyHours + idleHours + rentedHours),
            ),
            unit: 'h',
            pieces: [
              { label: { id: 'pieceBusy' }, value: day.busyHours, tone: 'good' },
              { label: { id: 'pieceIdle' }, value: day.idleHours, tone: 'off' },
              { label: { id: 'pieceRented' }, value: day.rentedHours, tone: 'warn' },
            ],
          },
        ],
      })),
    },
  ];
}
