import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { fixture } from '../../__fixtures__';
import { Announcer } from './Announcer';

type Props = Parameters<typeof Announcer>[0];

/** What the live region says after each of several states of the page. */
async function announce(...steps: Props[]) {
  let show = (_props: Props) => {};
  function Page() {
    const [props, setProps] = useState(steps[0]);
    show = setProps;
    return <Announcer {...props} />;
  }
  renderInTestApp(<Page />);
  const region = await screen.findByText(
    (_text, element) => element?.getAttribute('aria-live') === 'polite',
  );
  const showAndRead = async (step: Props) => {
    await act(async () => show(step));
    return region.textContent;
  };
  const texts: Array<string | null> = [];
  for (const step of steps) {
    texts.push(await showAndRead(step));
  }
  return texts;
}

describe('Announcer', () => {
  const before = fixture('healthy-dev');
  const after = fixture('failed-build');
  const live = { state: 'live' } as const;
  const lost = {
    state: 'reconnecting',
    since: '2026-01-01T00:00:00Z',
  } as const;

  it('tells what came to another status, and nothing of what was there', async () => {
    await expect(
      announce(
        { delivery: before, connection: live },
        { delivery: after, connection: live },
      ),
    ).resolves.toEqual(['', 'Build: Failed. Build of 5a033f7: Failed.']);
  });

  it('tells once that the connection is lost, and that it is back', async () => {
    await expect(
      announce(
        { delivery: before, connection: live },
        { delivery: before, connection: lost },
        { delivery: before, connection: { ...lost } },
        { delivery: before, connection: live },
      ),
    ).resolves.toEqual([
      '',
      'Live updates are interrupted.',
      'Live updates are interrupted.',
      'Live updates are back.',
    ]);
  });

  it('does not call a page that was only hidden interrupted', async () => {
    await expect(
      announce(
        { delivery: before, connection: live },
        { delivery: before, connection: { ...lost, state: 'paused' } },
        { delivery: before, connection: live },
      ),
    ).resolves.toEqual(['', '', '']);
  });
});
