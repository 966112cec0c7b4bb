import type { ActReader } from '../act-reader.ts';
import type { Model, Stage } from '../model.ts';
import { CLOUDS, cloudDay } from './clouds.ts';
import type { Demand } from './clouds.ts';
import { responsibilityPicture } from './picture.ts';
import { LAYERS, SERVICES, costPerHour, isYours } from './state.ts';
import type { ResponsibilityState } from './state.ts';

/** Who runs which layer, and what it costs: a machine that is always on beside calls that are paid for one by one. */
export const responsibility: Model<ResponsibilityState> = {
  name: 'responsibility',

  begin(given) {
    const prices = given.object('prices');
    return {
      service: 'own',
      callsPerHour: 0,
      warm: 0,
      latencyMs: 0,
      isPriced: false,
      prices: {
        podPerHour: prices.number('podPerHour'),
        podCallsPerSecond: prices.number('podCallsPerSecond'),
        perMillionCalls: prices.number('perMillionCalls'),
        perGbSecond: prices.number('perGbSecond'),
        memoryGb: prices.number('memoryGb'),
        durationMs: prices.number('durationMs'),
        coldStartMs: prices.number('coldStartMs'),
      },
      demand: given.has('demand') ? readDemand(given.object('demand')) : undefined,
      days: [],
    };
  },

  acts: { choose, load, idle, call, cloud },

  facts(state) {
    const yours = LAYERS.filter((layer) => isYours(layer, state.service));
    return {
      service: state.service,
      yours,
      provided: LAYERS.filter((layer) => !yours.includes(layer)),
      cost: { ...costPerHour(state) },
      breakEvenPerHour: breakEven(state),
      callsPerHour: state.callsPerHour,
      latencyMs: state.latencyMs,
      warm: state.warm,
      prices: { ...state.prices },
      days: state.days.map((day) => ({ ...day })),
    };
  },

  picture: responsibilityPicture,
};

function readDemand(given: ActReader): Demand {
  return {
    usual: given.number('usual'),
    peak: given.number('peak'),
    peakHours: given.number('peakHours'),
    ownPerHour: given.number('ownPerHour'),
    rentedPerHour: given.number('rentedPerHour'),
  };
}

/** From how many calls an hour on one pod that is always on is cheaper than paying for each call. */
function breakEven({ prices }: ResponsibilityState): number {
  const perCall = prices.perMillionCalls / 1e6 + (prices.durationMs / 1000) * prices.memoryGb * prices.perGbSecond;
  return Math.ceil(prices.podPerHour / perCall);
}

/** The line between what is yours and what is the provider's moves. */
function choose(stage: Stage<ResponsibilityState>, given: ActReader): void {
  const service = given.oneOf('service', SERVICES);
  const before = LAYERS.filter((layer) => isYours(layer, stage.state.service));
  const next = { ...stage.state, service, isPriced: false, days: [] };
  const handed = before.filter((layer) => !isYours(layer, service));
  stage.tell(
    {
      from: 'you',
      to: service === 'own' ? 'you' : 'provider',
      verb: service,
      detail: { handedOver: handed.join(', '), left: LAYERS.filter((layer) => isYours(layer, service)).join(', ') },
    },
    next,
  );
}

/** So many calls come each hour; both bills are worked out. */
function load(stage: Stage<ResponsibilityState>, given: ActReader): void {
  const callsPerHour = given.number('callsPerHour');
  const next = { ...stage.state, callsPerHour, warm: Math.max(1, stage.state.warm), isPriced: true };
  stage.tell({ from: 'users', to: 'app', class: 'packet', verb: 'calls', object: `${callsPerHour}/h` }, next);
  const { pods, podCost, callCost } = costPerHour(next);
  stage.tell(
    {
      from: 'app',
      verb: 'bill',
      detail: { pods, alwaysOnPerHour: podCost, perCallPerHour: callCost },
      tookMs: 3_600_000,
    },
    next,
  );
}

/** Nobody calls for a while: what is paid by the call is taken away altogether. */
function idle(stage: Stage<ResponsibilityState>, given: ActReader): void {
  const hours = given.number('hours');
  const next = { ...stage.state, callsPerHour: 0, warm: 0, isPriced: true };
  stage.tell(
    { from: 'provider', to: 'app', class: 'fault', verb: 'scale to 0', detail: { hours }, tookMs: hours * 3_600_000 },
    next,
  );
}

/** One call, and how long it takes: longer where nothing is there to answer it. */
function call(stage: Stage<ResponsibilityState>, given: ActReader): void {
  const { prices, warm } = stage.state;
  const isCold = warm === 0;
  const who = given.text('by', 'users');
  stage.tell({ from: who, to: 'app', class: 'packet', verb: 'call' });
  if (isCold)
    stage.tell(
      {
        from: 'provider',
        to: 'app',
        verb: 'cold start',
        detail: { ms: prices.coldStartMs },
        tookMs: prices.coldStartMs,
      },
      { ...stage.state, warm: 1 },
    );
  const latencyMs = prices.durationMs + (isCold ? prices.coldStartMs : 0);
  stage.tell(
    { from: 'app', to: who, class: 'response', verb: '200', detail: { latencyMs }, tookMs: prices.durationMs },
    { ...stage.state, latencyMs },
  );
}

/** The same users for a day in another cloud: whose machines serve them, and what the day costs. */
function cloud(stage: Stage<ResponsibilityState>, given: ActReader): void {
  const kind = given.oneOf('kind', CLOUDS);
  const { demand, days } = stage.state;
  if (demand === undefined) throw given.problem('kind', 'needs `demand` in what is given');
  const day = cloudDay(kind, demand);
  const next = { ...stage.state, days: [...days.filter((one) => one.kind !== kind), day] };
  const { owned, rentedHours, dataAt } = day;
  stage.tell({ from: 'you', to: dataAt, verb: kind, object: 'cloud', detail: { owned, rentedHours, dataAt } }, next);
  const { busyHours, idleHours, perDay } = day;
  stage.tell({
    from: dataAt,
    verb: 'day',
    object: kind,
    detail: { busyHours, idleHours, rentedHours, perDay },
    tookMs: 86_400_000,
  });
}
