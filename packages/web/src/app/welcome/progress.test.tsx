import { describe, expect, test } from 'vitest';
import { markupOf, newClient } from '../../../test/rendering/rendered.tsx';
import { socketCheck } from '../../features/service/queries.ts';
import { en } from '../texts/en.ts';
import { Progress } from './progress.tsx';
import { stepsOf } from './steps.ts';

const steps = stepsOf({ signedIn: true, isAdmin: true });

describe('where in the first run one is', () => {
  const states = (current: (typeof steps)[number]) =>
    [...markupOf(<Progress steps={steps} current={current} signedIn={false} />).matchAll(/data-state="(\w+)"/g)].map(
      ([, state]) => state,
    );

  test('is told of each step: what is done, what is now, what comes', () => {
    expect(states('account')).toEqual(['current', 'later', 'later', 'later', 'later']);
    expect(states('identity')).toEqual(['done', 'done', 'current', 'later', 'later']);
    expect(states('server')).toEqual(['done', 'done', 'done', 'current', 'later']);
  });

  test('is the one step that a screen reader is told of', () => {
    const markup = markupOf(<Progress steps={steps} current="kit" signedIn={false} />);
    expect(markup.match(/aria-current="step"/g)).toHaveLength(1);
  });

  test('says whether terminals will work, to who is signed in', () => {
    const client = newClient();
    client.setQueryData(socketCheck.queryKey, false);
    const shown = (signedIn: boolean) =>
      markupOf(<Progress steps={steps} current="kit" signedIn={signedIn} />, { client });
    expect(shown(true)).toContain(en.service.sockets.stay);
    expect(shown(true)).toContain('proxy_set_header Upgrade');
    expect(shown(false)).not.toContain(en.service.sockets.stay);
  });
});
