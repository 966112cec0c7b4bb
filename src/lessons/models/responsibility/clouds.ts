/** Whom a cloud serves, and whose its machines are. Source: NIST SP 800-145, “Deployment Models”. */
export const CLOUDS = ['private', 'public', 'hybrid'] as const;
export type CloudKind = (typeof CLOUDS)[number];

/** How many machines users need over a day, and what a machine costs for an hour. */
export interface Demand {
  readonly usual: number;
  readonly peak: number;
  /** So many hours of a day the peak lasts. */
  readonly peakHours: number;
  /** Bought, housed and looked after, busy or not. */
  readonly ownPerHour: number;
  readonly rentedPerHour: number;
}

/** What a day in a cloud comes to. */
export interface CloudDay {
  readonly kind: CloudKind;
  /** Machines of one's own. */
  readonly owned: number;
  /** Machine-hours: of one's own that work, of one's own that wait, and rented ones. */
  readonly busyHours: number;
  readonly idleHours: number;
  readonly rentedHours: number;
  readonly perDay: number;
  /** On whose machines data lies that may not be anywhere else, as long as there are any of one's own. */
  readonly dataAt: 'you' | 'provider';
}

const HOURS = 24;

/** A private cloud owns machines for its peak, a public one none, a hybrid one those that are always needed. */
export function cloudDay(kind: CloudKind, { usual, peak, peakHours, ownPerHour, rentedPerHour }: Demand): CloudDay {
  const owned = { private: peak, public: 0, hybrid: usual }[kind];
  const needed = usual * (HOURS - peakHours) + peak * peakHours;
  const busyHours = Math.min(owned, usual) * (HOURS - peakHours) + Math.min(owned, peak) * peakHours;
  const rentedHours = needed - busyHours;
  const cost = owned * HOURS * ownPerHour + rentedHours * rentedPerHour;
  return {
    kind,
    owned,
    busyHours,
    idleHours: owned * HOURS - busyHours,
    rentedHours,
    perDay: Math.round(cost * 100) / 100,
    dataAt: owned > 0 ? 'you' : 'provider',
  };
}
