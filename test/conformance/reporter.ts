import type { Reporter, TestModule } from 'vitest/node';
import type { UpstreamLeftOutMeta } from '../../src/base/testing/upstream-table.ts';
import type { Ran } from './figures.ts';
import { figuresOf } from './figures.ts';

/** Prints the figures of `npm run conformance`, and fails where a case fails or does not tell where it comes from. */
export default class ConformanceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const ran: Ran[] = [];
    const leftOut: UpstreamLeftOutMeta[] = [];
    const others: string[] = errors.map(String);
    for (const module of modules) {
      others.push(...module.errors().map(({ message }) => `${module.relativeModuleId}: ${message}`));
      for (const one of module.children.allTests()) {
        const { upstream, upstreamLeftOut = [] } = one.meta();
        const { state } = one.result();
        leftOut.push(...upstreamLeftOut);
        if (upstream !== undefined) ran.push({ meta: upstream, passed: state === 'passed' });
        else if (state === 'failed') others.push(`failed: ${module.relativeModuleId} ${one.fullName}`);
      }
    }
    const { lines, faults } = figuresOf(ran, leftOut);
    process.stdout.write(`${lines.join('\n')}\n`);
    const wrong = [...faults, ...others];
    if (wrong.length === 0) return;
    process.stdout.write(`\n${wrong.length} faults:\n${wrong.map((fault) => `  ${fault}\n`).join('')}`);
    process.exitCode = 1;
  }
}
