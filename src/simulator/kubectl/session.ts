import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { sendCall } from '../client/api-client.ts';
import type { Context } from '../component.ts';
import type { FlowRun } from '../kernel/flow.ts';
import type { WatchEvent } from '../messages.ts';
import type { ManifestFiles, Pieces, Terminal } from './command.ts';
import type { LocalPort } from './local-ports.ts';
import type { Answer, Came, KubectlState, Question, Shell } from './shell-state.ts';

/** Source: staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go, 1.36. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
/** What a command of kubectl can do, in one run of its function up to the next wait. */
export class Session implements Terminal {
  stdout = '';
  stderr = '';
  readonly files: ManifestFiles;
  readonly kinds: JudgeContext;
  private readonly state: KubectlState;
  private readonly shell: Shell;
  private readonly flow: FlowRun<Question, Answer>;
  private readonly context: Context;

  constructor(state: KubectlState, shell: Shell, flow: FlowRun<Question, Answer>, context: Context) {
    this.state = state;
    this.shell = shell;
    this.flow = flow;
    this.context = context;
    this.files = shell.order.files;
    this.kinds = state.settings.kinds;
  }

  call(call: ApiCall): ApiResult {
    return this.flow.call(call) as ApiResult;
  }

  callAll(calls: readonly ApiCall[]): readonly ApiResult[] {
    return this.flow.callAll(calls) as readonly ApiResult[];
  }

  watch(call: ApiCall): number {
    return this.flow.once(() => {
      const id = sendCall(this.state.client, call, this.context);
      const { token } = this.shell.order;
      this.state.changes.set(id, { token, events: [], isOver: false, failure: undefined });
      return id;
    });
  }

  changes(watch: number, untilMs: number): readonly WatchEvent[] | undefined {
    const came = this.flow.call({ watches: [watch], untilMs }) as Came;
    const events = (came?.events ?? []).filter((event) => typeof event !== 'string');
    return events.length === 0 ? undefined : events;
  }

  pieces(streams: readonly number[], untilMs: number): Pieces | undefined {
    const came = this.flow.call({ watches: streams, untilMs }) as Came;
    if (came === null) return undefined;
    const { watch: stream, events, isOver, failure } = came;
    return { stream, text: events.filter((event) => typeof event === 'string').join(''), isOver, failure };
  }

  listen(local: number, forward?: LocalPort['forward']): boolean {
    const { state, shell } = this;
    return this.flow.once(() => {
      if (state.ports.has(local)) return false;
      state.ports.set(local, Object.freeze({ token: shell.order.token, forward }));
      return true;
    });
  }

  freePort(least: number, most: number): number {
    const { context, state } = this;
    return this.flow.once(() => {
      for (;;) {
        const port = context.random.integer(`port/${context.next('port')}`, least, most);
        if (!state.ports.has(port)) return port;
      }
    });
  }

  edit(text: string): string {
    return this.flow.call({ text }) as string;
  }

  sleep(delayMs: number): void {
    this.flow.sleep(delayMs);
  }

  now(): number {
    return this.flow.once(() => this.context.nowMs);
  }

  letters(count: number): string {
    const { random } = this.context;
    return this.flow.once(() => random.letters(`letters/${this.context.next('letters')}`, NAME_LETTERS, count));
  }

  once<Value>(make: () => Value): Value {
    return this.flow.once(make);
  }

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }
}
