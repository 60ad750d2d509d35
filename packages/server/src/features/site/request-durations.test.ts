import { expect, test } from 'vitest';
import { createRequestDurations } from './request-durations.ts';

test('counts each answer in its bucket and in all that are wider', () => {
  const durations = createRequestDurations();
  const count = durations.counter('identity.list');

  for (const seconds of [0.0005, 0.001, 0.02, 60]) count(200, seconds);
  count(404, 0.3);

  const text = durations.text();
  const found = (le: string, status: number) =>
    new RegExp(`_bucket\\{le="${le}",operation="identity\\.list",status="${status}"\\} (\\d+)`).exec(text)?.[1];
  expect([found('0\\.001', 200), found('0\\.01', 200), found('0\\.025', 200), found('10', 200)]).toEqual([
    '2',
    '2',
    '3',
    '3',
  ]);
  expect(found('\\+Inf', 200)).toBe('4');
  expect([found('0\\.25', 404), found('0\\.5', 404)]).toEqual(['0', '1']);
  expect(text).toContain('gatehouse_http_request_duration_seconds_sum{operation="identity.list",status="200"} 60.0215');
  expect(text).toContain('gatehouse_http_request_duration_seconds_count{operation="identity.list",status="200"} 4');
  expect(text).toMatch(/^# HELP \S+ .+\n# TYPE \S+ histogram\n/);
});
