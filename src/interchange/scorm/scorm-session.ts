/** What a learning platform offers a page in its frame. Source: ADL SCORM 1.2 Run-Time Environment, 3.3. */
export interface ScormApi {
  LMSInitialize(parameter: ''): string;
  LMSGetValue(element: string): string;
  LMSSetValue(element: string, value: string): string;
  LMSCommit(parameter: ''): string;
  LMSFinish(parameter: ''): string;
}

/** How far a lesson is. */
export interface Progress {
  /** Steps reached, and all. */
  readonly step: number;
  readonly points: number;
  /** Points that could be reached; 0 for a lesson that asks nothing. */
  readonly of: number;
  readonly isDone: boolean;
}

/** One visit of a lesson as a learning platform wants to hear of it. */
export class ScormSession {
  private readonly api: ScormApi;
  private readonly passing: number;
  private told = '';
  private isOpen: boolean;

  /** `passing`: percent from which it counts as passed. */
  constructor(api: ScormApi, passing: number) {
    this.api = api;
    this.passing = passing;
    this.isOpen = api.LMSInitialize('') === 'true';
    if (!this.isOpen) return;
    const status = api.LMSGetValue('cmi.core.lesson_status');
    if (status === '' || status === 'not attempted') this.set('cmi.core.lesson_status', 'incomplete');
    this.set('cmi.core.score.min', '0');
    this.set('cmi.core.score.max', '100');
    api.LMSCommit('');
  }

  /** The step that was reached in a visit of before; 0 for the first. */
  get reached(): number {
    const number = Number(this.isOpen ? this.api.LMSGetValue('cmi.core.lesson_location') : '');
    return Number.isInteger(number) && number > 0 ? number : 0;
  }

  report({ step, points, of, isDone }: Progress): void {
    const score = of === 0 ? 100 : Math.round((points / of) * 100);
    const text = `${step} ${score} ${isDone}`;
    if (!this.isOpen || text === this.told) return;
    this.told = text;
    this.set('cmi.core.lesson_location', String(step));
    this.set('cmi.core.score.raw', String(score));
    if (isDone)
      this.set('cmi.core.lesson_status', of === 0 ? 'completed' : score >= this.passing ? 'passed' : 'failed');
    this.api.LMSCommit('');
  }

  /** The page goes: nothing more is said. `seconds`: how long it was open. */
  finish(seconds: number): void {
    if (!this.isOpen) return;
    this.set('cmi.core.session_time', timespan(seconds));
    this.set('cmi.core.exit', this.told.endsWith('true') ? '' : 'suspend');
    this.api.LMSCommit('');
    this.api.LMSFinish('');
    this.isOpen = false;
  }

  private set(element: string, value: string): void {
    this.api.LMSSetValue(element, value);
  }
}

/** `0000:04:07.00`, as CMITimespan wants it. */
function timespan(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = (seconds % 60).toFixed(2).padStart(5, '0');
  return `${String(hours).padStart(4, '0')}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** A window as far as one looks for a platform in it. */
interface Place {
  readonly API?: unknown;
  readonly parent?: unknown;
  readonly opener?: unknown;
}

/** How many frames around are looked into. Source: as above, 3.3.6.1. */
const FARTHEST = 7;

/** The platform around a page: in a frame around it, or in the window that opened it. */
export function findScormApi(here: Place): ScormApi | undefined {
  return findAround(here) ?? (isPlace(here.opener) ? findAround(here.opener) : undefined);
}

function findAround(from: Place): ScormApi | undefined {
  let place = from;
  for (let depth = 0; depth <= FARTHEST; depth++) {
    // A frame of another origin may not be looked into.
    try {
      if (isApi(place.API)) return place.API;
      const { parent } = place;
      if (!isPlace(parent) || parent === place) return undefined;
      place = parent;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null;
}

function isApi(value: unknown): value is ScormApi {
  return typeof value === 'object' && value !== null && 'LMSInitialize' in value && 'LMSFinish' in value;
}
