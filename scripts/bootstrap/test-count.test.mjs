import { expect, test } from 'vitest';
import { countTests, formatCount } from './test-count.mjs';

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

test('counts tests by their outcome', () => {
  const counted = countTests({ ...report, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });

  expect(formatCount(counted)).toBe('3 passed, 1 failed, 3 skipped');
});

test('does not mention skipped tests when there are none', () => {
  expect(formatCount(countTests(report))).toBe('3 passed, 0 failed');
});

test('counts a file that could not be loaded as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];

  expect(formatCount(countTests({ ...report, testResults }))).toBe('3 passed, 1 failed');
});
