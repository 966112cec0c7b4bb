import { PINNED_RELEASE } from '../../openapi/resource.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import type { ManifestFiles } from '../../simulator/kubectl/command.ts';
import type { ScriptFile } from '../../simulator/script/read-design.ts';
import { answerOrFailure, lessonSteps } from '../lessons/answer-lesson.ts';
import { checkLesson } from '../lessons/check-lesson.ts';
import { clusterLessonRun } from '../lessons/cluster-lesson-run.ts';
import { finderAfter, findMarked } from '../lessons/find-marked.ts';
import { markHomework } from '../lessons/mark-homework.ts';
import { changeOf } from './change-of.ts';
import type { Comparison } from './compare/compare.ts';
import { compare } from './compare/compare.ts';
import { frameOf } from './frame.ts';
import { scriptText } from './keep/script-text.ts';
import type { Question, QuestionName, Questions, Scheduling, Why } from './questions.ts';
import type { Run } from './run.ts';
import { stateHash } from './state-hash.ts';
import { trafficEnds } from './traffic/traffic-ends.ts';
import { trafficAt } from './traffic/traffic-rows.ts';
import { autoscalingOf } from './why/autoscaling.ts';
import { diagnose, troublesOf } from './why/diagnosis.ts';
import type { Diagnosis } from './why/diagnosis.ts';
import { findObject, keyOf } from './why/moment.ts';
import type { Moment } from './why/moment.ts';
import { momentOf } from './why/moment-of.ts';
import { rolloutOf } from './why/rollout.ts';
import { factsOf, waysOf } from './why/service-ways.ts';

/** What a question is about, beside the moment. */
export interface Asked {
  readonly run: Run;
  readonly seq: number;
  readonly seed: number;
  readonly workers: number;
  readonly cluster: JsonObject;
  readonly design: readonly ScriptFile[];
  /** What `-f` can name. */
  readonly files: ManifestFiles;
  runOf(branch: number): Run | undefined;
}

type Answers = {
  readonly [Name in QuestionName]: (asked: Asked, ask: Questions[Name]['ask']) => Questions[Name]['answer'];
};

const ANSWERS: Answers = {
  troubles(asked) {
    const moment = momentAt(asked);
    const objects = moment.objects.filter(({ kind }) => ASKED.has(kind)).map(keyOf);
    return { ...troublesOf(moment), objects };
  },
  why: (asked, { object }) => whyOf(momentAt(asked), object),
  ways({ run, seq }, { object, from, port }) {
    const cluster = run.at(seq);
    const moment = momentOf(cluster, run.entries, seq);
    const service = findObject(moment, object);
    return service && waysOf(cluster, service, moment, from, port);
  },
  containers: (asked, { pod }) =>
    arrayAt(findObject(momentAt(asked), `Pod/${pod}`), 'spec', 'containers').map((container) => ({
      name: stringAt(container, 'name') ?? '',
      image: stringAt(container, 'image') ?? '',
    })),
  frame: ({ run, seq }) => frameOf(run.at(seq), new Set()),
  requests: ({ run, seq }) => run.requestsAt(seq),
  traffic: ({ run, seq }, { token }) => trafficAt(run, seq, token),
  trafficEnds: ({ run, seq }) => trafficEnds(run.at(seq).objects()),
  objects: ({ run, seq }) => run.at(seq).objects(),
  wire({ run, seq }) {
    const { entries } = run;
    const entry = entries[seq - 1];
    return entry === undefined ? [] : run.at(seq).wireOf(entry, entries[entry.cause - 1]);
  },
  change: ({ run, seq }) => changeOf(run.entries, seq),
  stateHash: ({ run, seq }) => ({ seq, hash: stateHash(run.at(seq)) }),
  script: ({ run, seed, workers, cluster, design }, { title }) =>
    scriptText({
      name: title,
      release: `1.${PINNED_RELEASE}`,
      seed,
      workers,
      deeds: run.deeds,
      untilMs: run.timeMs,
      hash: run.hash,
      cluster,
      design,
    }),
  comparison: (asked, { other }) => comparisonOf(asked, other),
  lessonSteps: ({ run, files }, { lesson }) => lessonSteps(clusterLessonRun(run, files), lesson),
  lessonAnswer({ run, files }, { lesson, id, variant }) {
    const question = lesson.questions.find((one) => one.id === id);
    if (question === undefined) return { failure: `no question ${id}` };
    return answerOrFailure(clusterLessonRun(run, files), lesson, question, variant);
  },
  lessonCheck: ({ run, files }, { lesson, variant }) => checkLesson(clusterLessonRun(run, files), lesson, variant),
  lessonFinders: ({ run, files }, { lesson, marked }) => findMarked(clusterLessonRun(run, files), lesson, marked),
  finderAfter: ({ run, seq, files }, { anchor }) => finderAfter(clusterLessonRun(run, files), seq, anchor),
  homeworkMarks: ({ run, files }, { lesson }) => markHomework(clusterLessonRun(run, files), lesson),
};

/** Kinds about which somebody may ask why. */
const ASKED: ReadonlySet<string> = new Set([
  'Node',
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Service',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
]);

export function answerQuestion(asked: Asked, question: Question): unknown {
  const answer = ANSWERS[question.name] as (asked: Asked, ask: Question) => unknown;
  return answer(asked, question);
}

function momentAt({ run, seq }: Asked): Moment {
  return momentOf(run.at(seq), run.entries, seq);
}

function whyOf(moment: Moment, key: string): Why {
  const object = findObject(moment, key);
  const diagnosis = object && diagnose(object, moment);
  return {
    diagnosis,
    behind: behind(diagnosis, moment),
    rollout: object?.kind === 'Deployment' ? rolloutOf(object, moment) : undefined,
    autoscaling: object?.kind === 'HorizontalPodAutoscaler' ? autoscalingOf(object) : undefined,
    service: object?.kind === 'Service' ? factsOf(object, moment) : undefined,
    scheduling: object?.kind === 'Pod' ? schedulingOf(key, moment) : undefined,
  };
}

function behind(diagnosis: Diagnosis | undefined, moment: Moment): readonly Diagnosis[] {
  const chain: Diagnosis[] = [];
  for (let because = diagnosis?.because; because !== undefined && chain.length < 4;) {
    const object = findObject(moment, because);
    const next = object && diagnose(object, moment);
    if (next === undefined) break;
    chain.push(next);
    because = next.because;
  }
  return chain;
}

function schedulingOf(key: string, { entries, seq }: Moment): Scheduling | undefined {
  for (let at = Math.min(seq, entries.length) - 1; at >= 0; at--) {
    const { verb, object, detail } = entries[at]!;
    if (verb === 'SCHEDULE' && object === key) return { seq: at + 1, detail: detail ?? {} };
  }
  return undefined;
}

/** Both branches at the moment of this one, or where the other ended before it. */
function comparisonOf({ run, seq, runOf }: Asked, other: number): Comparison {
  const against = runOf(other) ?? run;
  const atMs = run.entries[seq - 1]?.timeMs ?? 0;
  const left = { entries: run.entries, seq, objects: run.at(seq).objects(), requests: run.requestsAt(seq) };
  const same = lastUpTo(against.entries, atMs);
  const right = {
    entries: against.entries,
    seq: same,
    objects: against.at(same).objects(),
    requests: against.requestsAt(same),
  };
  return compare(left, right, atMs);
}

/** Seq of the newest entry that is not after a moment. */
function lastUpTo(entries: Run['entries'], timeMs: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.timeMs <= timeMs) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}
