import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { WireStep } from '../../simulator/network/pod-network/wire-step.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import type { JsonObject } from '../../base/json.ts';
import type { LessonAnswer, LessonSteps } from '../lessons/answer-lesson.ts';
import type { LessonCheck } from '../lessons/check-lesson.ts';
import type { MarkedStep } from '../lessons/find-marked.ts';
import type { CheckMark } from '../lessons/mark-homework.ts';
import type { Comparison } from './compare/compare.ts';
import type { Frame } from './frame.ts';
import type { SentRequest } from './run.ts';
import type { TrafficEnds } from './traffic/traffic-ends.ts';
import type { TrafficAt } from './traffic/traffic-rows.ts';
import type { Autoscaling } from './why/autoscaling.ts';
import type { ServiceWays } from './why/service-ways.ts';
import type { Diagnosis } from './why/diagnosis.ts';
import type { Rollout } from './why/rollout.ts';

/** What the page asks of a moment of a run, and what the thread answers; by name. Survives a structured clone. */
export interface Questions {
  /** Everything that is not as it was meant to be. */
  readonly troubles: { readonly ask: object; readonly answer: Troubles };
  /** Why one object is as it is: `Deployment/shop/web`. */
  readonly why: { readonly ask: { readonly object: string }; readonly answer: Why };
  /** Where a request to a Service would go. */
  readonly ways: {
    readonly ask: { readonly object: string; readonly from: string; readonly port: number };
    readonly answer: ServiceWays | undefined;
  };
  /** Containers of a Pod (`shop/web-0`), with their images. */
  readonly containers: {
    readonly ask: { readonly pod: string };
    readonly answer: readonly { readonly name: string; readonly image: string }[];
  };
  /** How the cluster stands, for pictures of several steps. */
  readonly frame: { readonly ask: object; readonly answer: Frame };
  /** Requests that were sent so far. */
  readonly requests: { readonly ask: object; readonly answer: readonly SentRequest[] };
  /** Everybody who sends requests so far, and how they fared; of one of them, second by second. */
  readonly traffic: { readonly ask: { readonly token?: string }; readonly answer: TrafficAt };
  /** Who can send requests, and what can be sent any. */
  readonly trafficEnds: { readonly ask: object; readonly answer: TrafficEnds };
  /** Everything that is stored in the cluster. */
  readonly objects: { readonly ask: object; readonly answer: readonly KubernetesObject[] };
  /** The way of the step's packet over a machine, device by device; none where it has no packet. */
  readonly wire: { readonly ask: object; readonly answer: readonly WireStep[] };
  /** What the step writes, beside what was there before it. */
  readonly change: { readonly ask: object; readonly answer: Change | undefined };
  /** Hash of the whole cluster as it stands. */
  readonly stateHash: { readonly ask: object; readonly answer: { readonly seq: number; readonly hash: string } };
  /** The branch as a Script, with the manifests that it began with. */
  readonly script: { readonly ask: { readonly title: string }; readonly answer: string };
  /** This branch beside another. */
  readonly comparison: { readonly ask: { readonly other: number }; readonly answer: Comparison };
  /** Where the steps of a lesson are in the run, whatever step is shown. */
  readonly lessonSteps: { readonly ask: { readonly lesson: Lesson }; readonly answer: LessonSteps };
  /** What is right; or why nothing can be said. */
  readonly lessonAnswer: {
    readonly ask: { readonly lesson: Lesson; readonly id: string; readonly variant: number };
    readonly answer: LessonAnswer | { readonly failure: string };
  };
  /** What a lesson comes to in the run. */
  readonly lessonCheck: {
    readonly ask: { readonly lesson: Lesson; readonly variant: number };
    readonly answer: LessonCheck;
  };
  /** How steps of a lesson are found that somebody marked. */
  readonly lessonFinders: {
    readonly ask: { readonly lesson: Lesson; readonly marked: readonly MarkedStep[] };
    readonly answer: Readonly<Record<string, JsonObject | null>>;
  };
  /** How the step that is shown is found after another. */
  readonly finderAfter: { readonly ask: { readonly anchor: number }; readonly answer: JsonObject | undefined };
  /** How the cluster at the end of the run fares with the checks of a homework. */
  readonly homeworkMarks: { readonly ask: { readonly lesson: Lesson }; readonly answer: readonly CheckMark[] };
}

export type QuestionName = keyof Questions;

export type Question = {
  readonly [Name in QuestionName]: { readonly name: Name } & Questions[Name]['ask'];
}[QuestionName];

interface Troubles {
  readonly troubles: readonly Diagnosis[];
  readonly more: number;
  /** Objects that can be asked about, by their identity. */
  readonly objects: readonly string[];
}

export interface Why {
  readonly diagnosis: Diagnosis | undefined;
  /** What is behind it, the nearest first. */
  readonly behind: readonly Diagnosis[];
  readonly rollout: Rollout | undefined;
  readonly autoscaling: Autoscaling | undefined;
  readonly service: ServiceFacts | undefined;
  /** Seq of the newest scheduling of the Pod, and what the scheduler counted. */
  readonly scheduling: Scheduling | undefined;
}

export interface Scheduling {
  readonly seq: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Who may ask for a Service, and where it listens. */
export interface ServiceFacts {
  readonly clusterIp: string;
  readonly ports: readonly number[];
  readonly senders: readonly string[];
}

export interface Change {
  readonly before: KubernetesObject | undefined;
  readonly after: KubernetesObject | undefined;
}
