import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * Begins with the tests that drive a browser: they take the longest and wait half of the time, which the others fill.
 * The rest of the order is vitest's own.
 */
export class BrowserTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(drivesBrowser), ...sorted.filter((file) => !drivesBrowser(file))];
  }
}

const drivesBrowser = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/browser/');
